import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vitest/config';

const builtFolders = ['src', 'models', 'properties', 'scenarios'];

/**
 * Lets tests load the compiled files in place of the TypeScript sources.
 *
 * V8 counts what it ran. When vitest transforms a source file itself, the counts belong to code that
 * no source map on disk describes, and the lines come out wrong. Compiled files are loaded by Node
 * alone, so their maps are exact; CLI child processes load the same files and are counted with them.
 */
export function redirectToDist(root: string): Plugin {
  const dist = path.join(root, 'dist') + path.sep;
  return {
    name: 'qomcheck:redirect-to-dist',
    enforce: 'pre',
    // vitest ignores `external: true` from resolveId and transforms the file after all: only this
    // list leaves a file to Node.
    config: () => ({ test: { server: { deps: { external: [startingWith(dist)] } } } }),
    resolveId(specifier, importer) {
      if (importer === undefined || !/^\.{1,2}\//.test(specifier)) return null;
      const target = path.resolve(path.dirname(importer), specifier);
      const relative = path.relative(root, target);
      if (!builtFolders.includes(relative.split(path.sep)[0] ?? '')) return null;
      const compiled = path.join(dist, relative.replace(/\.ts$/, '.js'));
      if (!existsSync(compiled)) {
        throw new Error(`expected the compiled file ${compiled}: run "npm run build" first`);
      }
      return compiled;
    },
  };
}

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
