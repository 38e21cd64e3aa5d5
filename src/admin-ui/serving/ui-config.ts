import {
  DEFAULT_AUTH_TOKEN_HEADER_KEY,
  DEFAULT_CHANNEL_TOKEN_KEY,
} from '@vendure/common/lib/shared-constants';
import type { AdminUiConfig } from '@vendure/common/lib/shared-types';
import { LanguageCode, type ConfigService } from '@vendure/core';
import {
  defaultAvailableLanguages,
  defaultAvailableLocales,
} from '@vendure/admin-ui-plugin/lib/src/constants';

/**
 * What the app asks for first (`vendure-ui-config.json`). It is answered from the settings on each request and
 * not written into the build: one build serves any host, and the folder it is in may be read-only.
 *
 * "auto" makes the app talk to the host and port that it came from.
 */
export function uiConfig({ apiOptions, authOptions }: ConfigService): AdminUiConfig {
  return {
    apiHost: 'auto',
    apiPort: 'auto',
    adminApiPath: apiOptions.adminApiPath,
    // As the platform does: by header, where the server takes it.
    tokenMethod: authOptions.tokenMethod === 'cookie' ? 'cookie' : 'bearer',
    authTokenHeaderKey: authOptions.authTokenHeaderKey || DEFAULT_AUTH_TOKEN_HEADER_KEY,
    channelTokenKey: apiOptions.channelTokenKey || DEFAULT_CHANNEL_TOKEN_KEY,
    defaultLanguage: LanguageCode.en,
    availableLanguages: defaultAvailableLanguages,
    availableLocales: defaultAvailableLocales,
    brand: 'Tradewind',
    hideVendureBranding: true,
    hideVersion: false,
    // Without one the app asks a server of Vendure's for a picture: the only request that it makes elsewhere.
    loginImageUrl: 'assets/tradewind-login.svg',
  };
}
