import { Args, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  Permission,
  PluginCommonModule,
  RequestContext,
  TransactionalConnection,
  VendurePlugin,
  type VendureConfig,
} from '@vendure/core';
import gql from 'graphql-tag';
import { PaymentsPlugin, SavedMethodPersonalData, WebhookPersonalData } from '../../../src/plugins/payments';
import { checkPersonalDataContract } from '../../../src/plugins/privacy';
import { SignedProvider } from './signed-provider';

/** What a test asks that no API of the plugin's own tells. */
@Resolver()
export class WebhookProbeResolver {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly savedMethods: SavedMethodPersonalData,
    private readonly webhooks: WebhookPersonalData,
  ) {}

  @Query()
  @Allow(Permission.SuperAdmin)
  probePaymentData(
    @Ctx() ctx: RequestContext,
    @Args() args: { of: string; subject: string; bystander: string },
  ): Promise<string[]> {
    const person = (customerId: string) => ({ customerId, emailAddresses: [] });
    return this.connection.withTransaction(ctx, tx =>
      checkPersonalDataContract(args.of === 'webhooks' ? this.webhooks : this.savedMethods, {
        ctx: tx,
        subject: person(args.subject),
        bystander: person(args.bystander),
      }),
    );
  }
}

@VendurePlugin({
  imports: [PluginCommonModule, PaymentsPlugin],
  adminApiExtensions: {
    schema: gql`
      extend type Query {
        probePaymentData(of: String!, subject: String!, bystander: String!): [String!]!
      }
    `,
    resolvers: [WebhookProbeResolver],
  },
  compatibility: '^3.7.0',
})
export class WebhookProbePlugin {}

/** The shop with one more payment provider. */
export function withWebhookProbe(config: VendureConfig): VendureConfig {
  const { options } = PaymentsPlugin;
  const payments = PaymentsPlugin.init({
    ...options,
    providers: [...options.providers, new SignedProvider()],
    callTimeoutMs: 2_000,
  });
  const plugins = config.plugins ?? [];
  return {
    ...config,
    plugins: [...plugins, ...(plugins.includes(payments) ? [] : [payments]), WebhookProbePlugin],
  };
}
