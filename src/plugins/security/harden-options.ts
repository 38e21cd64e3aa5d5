import type { HardenPluginOptions } from '@vendure/harden-plugin';
import { MAX_QUERY_COMPLEXITY, queryComplexityEstimators } from './rules/query-complexity';

/**
 * HardenPlugin with our own scores. It has a part that hides suggestions of field names, which has no effect on
 * Apollo Server 4: `clientErrorPlugin` does it.
 */
export const hardenOptions: HardenPluginOptions = {
  apiMode: 'prod',
  maxQueryComplexity: MAX_QUERY_COMPLEXITY,
  queryComplexityEstimators,
  hideFieldSuggestions: false,
  logComplexityScore: false,
};
