import { statSync } from 'node:fs';

const withName = /^(.*?\.[cm]?[jt]s)#(.+)$/;
const source = /\.[cm]?[jt]s$/;

/** A user's file, or one scenario in it, as written on the command line. */
export interface FileReference {
  readonly file: string;
  readonly name: string | undefined;
}

/** Reads an argument as a file; undefined when it is a pattern over names. */
export function fileReference(argument: string): FileReference | undefined {
  const named = withName.exec(argument);
  if (named !== null) return { file: named[1] as string, name: named[2] };
  if (isSource(argument) || isFile(argument)) return { file: argument, name: undefined };
  return undefined;
}

/** Whether a path looks like that of a file in which scenarios can be written. */
export function isSource(path: string): boolean {
  return source.test(path);
}

/** Whether a path leads to a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
