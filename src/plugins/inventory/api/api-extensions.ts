import { gql } from 'graphql-tag';

const unavailableLines = gql`
  "A line that cannot be had as asked"
  type UnavailableLine {
    orderLineId: ID!
    productVariantId: ID!
    name: String!
    "Units that were asked for"
    asked: Int!
    "Units that are left for this order; 0 when it is gone"
    left: Int!
    "The same in words, in the language of the request"
    message: String!
  }

  extend type InsufficientStockError {
    "The lines of the order that cannot be had; empty when the error is about one item that was just added"
    lines: [UnavailableLine!]!
  }

  extend union TransitionOrderToStateResult = InsufficientStockError
`;

export const shopApiExtensions = gql`
  ${unavailableLines}
  extend union AddPaymentToOrderResult = InsufficientStockError
`;

export const adminApiExtensions = gql`
  ${unavailableLines}
  extend union AddManualPaymentToOrderResult = InsufficientStockError

  "Units of a variant that an order keeps from all others while it is paid"
  type StockHold implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    orderLineId: ID!
    productVariantId: ID!
    stockLocationId: ID!
    quantity: Int!
    expiresAt: DateTime!
    "active, consumed (paid for), released (cancelled or back to the cart) or expired"
    state: String!
    endedAt: DateTime
  }

  extend type Order {
    "The holds that this order ever had, the newest first"
    stockHolds: [StockHold!]!
  }

  extend type StockLevel {
    "Units that checkouts hold now; beside stockAllocated, not part of it"
    stockHeld: Int!
  }
`;
