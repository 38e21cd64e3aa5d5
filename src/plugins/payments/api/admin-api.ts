import { gql } from 'graphql-tag';
import { adminApiExtensions } from './api-extensions';
import { cardDataAdminSchema } from './card-data.schema';
import { PaymentWebhooksResolver, RetryPaymentWebhookResultResolver } from './payment-webhooks.resolver';
import {
  CapturePaymentResultResolver,
  DecidePaymentAttemptResultResolver,
  OrderAttemptsResolver,
  PaymentAttemptResolver,
  PaymentsAdminResolver,
} from './payments-admin.resolver';
import {
  OrderDisputesResolver,
  PaymentDifferenceResolver,
  ReconciliationResolver,
  ResolvePaymentDifferenceResultResolver,
} from './reconciliation.resolver';
import { reconciliationAdminSchema } from './reconciliation.schema';
import {
  ExplainPaymentRouteResultResolver,
  PaymentRoutingEntityResolver,
  PaymentRoutingResolver,
  SavePaymentRoutingResultResolver,
} from './routing.resolver';
import { webhooksAdminSchema } from './webhooks.schema';

/** What staff get of the plugin. */
export const adminApi = {
  schema: gql`
    ${adminApiExtensions}
    ${cardDataAdminSchema}
    ${webhooksAdminSchema}
    ${reconciliationAdminSchema}
  `,
  resolvers: [
    PaymentsAdminResolver,
    CapturePaymentResultResolver,
    DecidePaymentAttemptResultResolver,
    OrderAttemptsResolver,
    PaymentAttemptResolver,
    PaymentRoutingResolver,
    PaymentRoutingEntityResolver,
    SavePaymentRoutingResultResolver,
    ExplainPaymentRouteResultResolver,
    PaymentWebhooksResolver,
    RetryPaymentWebhookResultResolver,
    ReconciliationResolver,
    PaymentDifferenceResolver,
    ResolvePaymentDifferenceResultResolver,
    OrderDisputesResolver,
  ],
};
