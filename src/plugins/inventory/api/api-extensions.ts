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

  extend type Order {
    "What is to be picked where; without lists that were cancelled"
    pickLists: [PickList!]!
  }

  "What is to be picked of one order at one location"
  type PickList {
    id: ID!
    createdAt: DateTime!
    orderId: ID!
    stockLocationId: ID!
    stockLocationName: String!
    state: PickListState!
    lines: [PickListLine!]!
  }

  enum PickListState {
    "To be picked"
    open
    "Picked, and perhaps sent"
    picked
    "Taken back: nothing of it is to be picked any more"
    cancelled
  }

  "Units of an order line at the location of the pick list"
  type PickListLine {
    orderLineId: ID!
    productVariantId: ID!
    sku: String!
    "The variant's name in the language of the request, if there is one"
    name: String!
    quantity: Int!
  }

  type PickLists {
    items: [PickList!]!
    totalItems: Int!
  }

  input PickListsOptions {
    "Only lists of this location; without it, of all"
    stockLocationId: ID
    "Without it, those that are open"
    state: PickListState
    skip: Int
    "50 without it, at most 100"
    take: Int
  }

  extend type Query {
    "Pick lists of the channel's orders, the oldest first: what a warehouse works through. Needs ReadOrder."
    pickLists(options: PickListsOptions): PickLists!
  }

  input StockThresholdInput {
    productVariantId: ID!
    stockLocationId: ID!
    "At this many saleable units or fewer the variant is low here. Null for the shop's default (its global settings)."
    threshold: Int
  }

  extend type Mutation {
    """
    Sets at how many saleable units variants are low at locations; up to 1,000 at once. Where a variant is low from
    now on, a StockLow event tells it. Needs UpdateCatalog or UpdateProduct.
    """
    setStockThresholds(input: [StockThresholdInput!]!): Boolean!
  }

  extend type StockLevel {
    "Units that checkouts hold now; beside stockAllocated, not part of it"
    stockHeld: Int!
  }
`;
