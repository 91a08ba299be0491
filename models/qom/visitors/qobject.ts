/** A value as QMP carries it. Upstream: include/qapi/qmp/qobject.h:QObject. */
export type QObject =
  | null
  | boolean
  | number
  | string
  | readonly QObject[]
  | { readonly [key: string]: QObject };

/** QDict */
export type QDict = Readonly<Record<string, QObject>>;

/** qobject_to(QDict, …) */
export function asDict(value: QObject | undefined): QDict | undefined {
  const dict = typeof value === 'object' && value !== null && !Array.isArray(value);
  return dict ? (value as QDict) : undefined;
}
