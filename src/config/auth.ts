import type { VendureConfig } from '@vendure/core';
import type { Env } from './env';
import { loadSecrets } from './secrets';

/**
 * Sessions by cookie (browsers) and by bearer token (storefront servers, apps). The cookie is never sent by
 * another site's request, and only over TLS when the shop is reached by https.
 */
export function authOptions(env: Env): VendureConfig['authOptions'] {
  const secrets = loadSecrets(env);
  return {
    tokenMethod: ['bearer', 'cookie'],
    superadminCredentials: secrets.superadmin,
    requireVerification: true,
    cookieOptions: {
      secret: secrets.cookieSecret,
      httpOnly: true,
      sameSite: 'lax',
      secure: env.PUBLIC_URL.startsWith('https://'),
    },
  };
}
