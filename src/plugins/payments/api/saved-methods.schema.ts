import { gql } from 'graphql-tag';

export const savedMethodsShopSchema = gql`
  "A card or account that the customer can pay with again. The payment provider keeps it; the shop never sees its number"
  type SavedPaymentMethod {
    "What the shop knows it by; the provider's own ids are never told"
    id: ID!
    createdAt: DateTime!
    "The code of the provider that keeps it"
    provider: String!
    "card, digital_wallet or bank_transfer; null where the provider does not say"
    type: String
    "Such as visa"
    brand: String
    last4: String
    "1 to 12"
    expiryMonth: Int
    expiryYear: Int
    "The one that is offered first; a customer with methods has one"
    isDefault: Boolean!
  }

  "The provider does not exist, or cannot save methods"
  type SavedMethodsUnavailableError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "The customer has as many methods as may be: remove one first"
  type SavedMethodLimitError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    limit: Int!
  }

  "The provider said no, or was tried too often: nothing was saved"
  type SavedMethodRefusedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "The provider's code, such as card_declined; too_many_attempts is the shop's own"
    failureCode: String!
  }

  "The provider's answer was lost. Should it have saved the method, it is deleted there by itself: try again with a new token"
  type SavedMethodUnknownError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "The customer has no such method"
  type SavedMethodNotFoundError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  input AddSavedPaymentMethodInput {
    "The code of the provider that gave the token; the shop's default one without it"
    provider: String
    "What the provider's script in the browser gave for the card, never the card itself"
    token: String!
  }

  union AddSavedPaymentMethodResult =
    | SavedPaymentMethod
    | SavedMethodsUnavailableError
    | SavedMethodLimitError
    | SavedMethodRefusedError
    | SavedMethodUnknownError
    | CardDataRefusedError

  union RemoveSavedPaymentMethodResult = Success | SavedMethodNotFoundError

  union SetDefaultPaymentMethodResult = SavedPaymentMethod | SavedMethodNotFoundError

  extend type Query {
    "What the signed-in customer can pay with again, the default first, then the newest first"
    savedPaymentMethods: [SavedPaymentMethod!]!
  }

  extend type Mutation {
    """
    Has the provider keep a card or account of the signed-in customer. The first becomes the default. A card that is saved
    already takes the place of the one before.
    """
    addSavedPaymentMethod(input: AddSavedPaymentMethodInput!): AddSavedPaymentMethodResult!
    "Forgets a method, at the provider too. The newest of the others becomes the default if it was that"
    removeSavedPaymentMethod(id: ID!): RemoveSavedPaymentMethodResult!
    "Makes a method the one that is offered first"
    setDefaultPaymentMethod(id: ID!): SetDefaultPaymentMethodResult!
  }
`;
