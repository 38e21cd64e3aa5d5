import type { HardenPluginOptions } from '@vendure/harden-plugin';

/**
 * HardenPlugin without its scoring: it would log each refusal as an error of the server, and keep the figure from the
 * client. `QueryCostPlugin` refuses in its place, with scores of our own. Another part of it, which hides suggestions
 * of field names, has no effect on Apollo Server 4: `clientErrorPlugin` does it.
 */
export const hardenOptions: HardenPluginOptions = {
  apiMode: 'prod',
  skip: () => true,
  hideFieldSuggestions: false,
  logComplexityScore: false,
};
