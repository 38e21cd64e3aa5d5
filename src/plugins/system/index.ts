export { readSystemStatus } from './constants';
export { SystemPlugin } from './system.plugin';
export type { QueueDepth, SystemPluginOptions, SystemStatus } from './types';
