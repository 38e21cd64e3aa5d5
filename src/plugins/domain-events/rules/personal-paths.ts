/** What stands in the place of personal data that was erased. */
export const ERASED = null;

/**
 * A copy of the data in which each path holds `null`. A path is dotted (`customer.email`); `*` stands for every item
 * of a list (`lines.*.note`). A path that leads nowhere changes nothing.
 */
export function erasePaths<T>(data: T, paths: readonly string[]): T {
  return paths.reduce((result, path) => replaceAt(result, path.split('.')) as T, data);
}

/** The values at the paths, by path, without those that are missing or erased. */
export function pickPaths(data: unknown, paths: readonly string[]): Record<string, unknown[]> {
  const picked: Record<string, unknown[]> = {};
  for (const path of paths) {
    const values = valuesAt(data, path.split('.')).filter(value => value !== undefined && value !== ERASED);
    if (values.length > 0) picked[path] = values;
  }
  return picked;
}

function replaceAt(value: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return ERASED;
  if (key === '*') return Array.isArray(value) ? value.map(item => replaceAt(item, rest)) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) {
    return value;
  }
  return { ...value, [key]: replaceAt((value as Record<string, unknown>)[key], rest) };
}

function valuesAt(value: unknown, [key, ...rest]: string[]): unknown[] {
  if (key === undefined) return [value];
  if (key === '*') return Array.isArray(value) ? value.flatMap(item => valuesAt(item, rest)) : [];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) {
    return [];
  }
  return valuesAt((value as Record<string, unknown>)[key], rest);
}
