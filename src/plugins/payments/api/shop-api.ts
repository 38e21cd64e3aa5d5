import { gql } from 'graphql-tag';
import { shopApiExtensions } from './api-extensions';
import { cardDataShopSchema } from './card-data.schema';
import {
  CustomerPaymentsResolver,
  InitiatePaymentResultResolver,
  PaymentsShopResolver,
} from './payments-shop.resolver';
import {
  AddSavedPaymentMethodResultResolver,
  RemoveSavedPaymentMethodResultResolver,
  SavedMethodsResolver,
  SetDefaultPaymentMethodResultResolver,
} from './saved-methods.resolver';
import { savedMethodsShopSchema } from './saved-methods.schema';

/** What shoppers get of the plugin. */
export const shopApi = {
  schema: gql`
    ${shopApiExtensions}
    ${cardDataShopSchema}
    ${savedMethodsShopSchema}
  `,
  resolvers: [
    PaymentsShopResolver,
    InitiatePaymentResultResolver,
    CustomerPaymentsResolver,
    SavedMethodsResolver,
    AddSavedPaymentMethodResultResolver,
    RemoveSavedPaymentMethodResultResolver,
    SetDefaultPaymentMethodResultResolver,
  ],
};
