export { SecurityPlugin } from './security.plugin';
export { hardenOptions } from './harden-options';
export { ClientInfoService } from './services/client-info.service';
export type { ClientInfo, SecurityPluginOptions } from './types';
