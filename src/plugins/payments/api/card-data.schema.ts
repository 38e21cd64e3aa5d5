import { gql } from 'graphql-tag';

const cardDataRefused = gql`
  """
  Something in the input is, or looks like, card data, which must never reach the shop. Nothing of it was kept: send
  the payment provider's token in its place.
  """
  type CardDataRefusedError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "Where it was, such as input.metadata.card; without any digit"
    field: String!
    reason: CardDataReason!
  }

  "Why an input was taken for card data"
  enum CardDataReason {
    "A number of 13 to 19 digits that a card could have"
    card_number
    "Digits in a field that is named after the security code of a card"
    security_code
    "More than can be looked through"
    too_large
  }
`;

export const cardDataShopSchema = gql`
  ${cardDataRefused}
  extend union AddPaymentToOrderResult = CardDataRefusedError
  extend union InitiatePaymentResult = CardDataRefusedError
`;

export const cardDataAdminSchema = gql`
  ${cardDataRefused}
  extend union AddManualPaymentToOrderResult = CardDataRefusedError
  extend union RefundOrderResult = CardDataRefusedError
  extend union SettleRefundResult = CardDataRefusedError
  extend union ModifyOrderResult = CardDataRefusedError
  extend union DecidePaymentAttemptResult = CardDataRefusedError
`;
