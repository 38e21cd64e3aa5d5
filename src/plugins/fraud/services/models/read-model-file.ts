import { importLightGbm, loadModel, ModelFileError } from '../../engine/model';
import { knownFeatures } from '../../engine/known-features';
import { REPORTED_FEATURES, type FeatureImportance } from '../../engine/model-report';

/** Names that an answer repeats: enough to see what is wrong. */
const NAMED = 20;

interface FileShape {
  format?: unknown;
  version?: unknown;
  features?: unknown;
  trees?: { feature?: unknown }[];
  report?: unknown;
}

/** A file that was made elsewhere, as a model of this version; or what is wrong with it. */
export function readModelFile(
  text: string,
  version: string,
):
  | { problem: string; unknownFeatures: readonly string[] }
  | { file: string; features: FeatureImportance[]; details: object | null } {
  try {
    const file = isOurs(text) ? renamed(text, version) : importLightGbm(text, version);
    loadModel(file);
    const { features = [], trees = [], report } = JSON.parse(file) as FileShape;
    const importance = splitsOf(features as string[], trees);
    const unknown = importance.map(({ name }) => name).filter(name => !knownFeatures().has(name));
    if (unknown.length > 0) {
      const named = unknown.slice(0, NAMED);
      const more = unknown.length - named.length;
      return {
        problem: `The shop does not know ${unknown.length} of its features: ${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`,
        unknownFeatures: unknown.slice(0, NAMED),
      };
    }
    return {
      file,
      features: importance.slice(0, REPORTED_FEATURES),
      details: typeof report === 'object' ? report : null,
    };
  } catch (error) {
    if (error instanceof ModelFileError) return { problem: error.message, unknownFeatures: [] };
    throw error;
  }
}

function isOurs(text: string): boolean {
  try {
    const content = JSON.parse(text) as FileShape | null;
    return typeof content === 'object' && content?.format !== undefined;
  } catch {
    return false;
  }
}

/** Two models of one version could not be told apart in decisions. */
function renamed(text: string, version: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as FileShape), version });
}

/** Only features that the trees use: a file may name others. The most used first. */
function splitsOf(names: readonly string[], trees: readonly { feature?: unknown }[]): FeatureImportance[] {
  const splits = new Map<number, number>();
  for (const { feature } of trees) {
    for (const index of feature as number[]) {
      if (index >= 0) splits.set(index, (splits.get(index) ?? 0) + 1);
    }
  }
  const total = [...splits.values()].reduce((sum, count) => sum + count, 0);
  return [...splits]
    .sort(([a, m], [b, n]) => n - m || a - b)
    .map(([index, count]) => ({ name: names[index] ?? '', importance: count / total }));
}
