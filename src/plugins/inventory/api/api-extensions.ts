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
    orderCode: String!
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
    productId: ID!
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

  "What happened to a unit"
  enum StockLedgerKind {
    "Promised to an order that was paid"
    ALLOCATION
    "Sent"
    SALE
    "Not promised any more: cancelled before it was sent"
    RELEASE
    "Came back: cancelled after it was sent"
    CANCELLATION
    "Counted, delivered or taken away by staff"
    ADJUSTMENT
    "Kept for an order that is being paid"
    HOLD_PLACED
    "The order was paid"
    HOLD_CONSUMED
    "The order went back to its cart or was cancelled"
    HOLD_RELEASED
    "The order was not paid in time"
    HOLD_EXPIRED
  }

  "Units of a variant at a location"
  type StockFigures {
    "That are there"
    onHand: Int!
    "Of these, or ahead of their delivery, promised to orders that were paid"
    allocated: Int!
    "Kept for orders that are being paid; in the ledger, until the end of a hold was noted (up to a minute after its time)"
    held: Int!
  }

  "One thing that happened to the stock of a variant at a location"
  type StockLedgerEntry {
    "Its place in the ledger, for \`after\`"
    cursor: String!
    at: DateTime!
    kind: StockLedgerKind!
    "Units that it is about; below zero only for an adjustment that took some away"
    quantity: Int!
    productId: ID!
    productVariantId: ID!
    sku: String!
    productVariantName: String!
    stockLocationId: ID!
    stockLocationName: String!
    "With ReadOrder, for an order of the channel; so are its code and its line"
    orderId: ID
    orderCode: String
    orderLineId: ID
    "Who did it, of staff or customers, where that is known"
    userId: ID
    "Their login, if they are staff"
    userIdentifier: String
    "What it changed"
    change: StockFigures!
    "What there was right after it. Null for a variant whose stock is not tracked."
    balance: StockFigures
  }

  type StockLedger {
    items: [StockLedgerEntry!]!
    "For \`after\`, to get the entries before these; null when there are none"
    nextCursor: String
  }

  "Entries that fit all that is given"
  input StockLedgerOptions {
    productVariantId: ID
    "The whole SKU"
    sku: String
    stockLocationId: ID
    orderId: ID
    orderCode: String
    "Without it, all kinds"
    kinds: [StockLedgerKind!]
    "From this moment on"
    from: DateTime
    "Before this moment"
    to: DateTime
    "The nextCursor of the page before"
    after: String
    "50 without it, at most 100"
    take: Int
  }

  "What the stock levels say of a variant at a location, and what its movements add up to"
  type StockRecount {
    productVariantId: ID!
    sku: String!
    stockLocationId: ID!
    stockLocationName: String!
    onHand: Int!
    allocated: Int!
    countedOnHand: Int!
    countedAllocated: Int!
    "Whether something wrote the level past its movements"
    differs: Boolean!
  }

  extend type Query {
    """
    What happened to the stock of this channel, the newest first: core's stock movements, and the holds of the last 30
    days. Needs ReadCatalog or ReadProduct.
    """
    stockLedger(options: StockLedgerOptions): StockLedger!
    """
    Counts the stock of up to 100 variants anew from their movements. Variants that are not tracked are left out. Needs
    ReadCatalog or ReadProduct.
    """
    stockRecount(productVariantIds: [ID!]!): [StockRecount!]!
  }

  "Units that are on their way to the shop"
  type ExpectedStock {
    quantity: Int!
    "When they should be there; null while nobody knows"
    at: DateTime
  }

  "What a location has of a variant now"
  type StockOverviewRow {
    productId: ID!
    productVariantId: ID!
    sku: String!
    productVariantName: String!
    stockLocationId: ID!
    stockLocationName: String!
    "Whether the variant's stock is counted at all; if not, there is no limit and it is never low"
    tracked: Boolean!
    onHand: Int!
    "Promised to orders that were paid"
    allocated: Int!
    "Kept for orders that are being paid"
    held: Int!
    "On hand, neither allocated nor held; below zero after units were sold ahead"
    saleable: Int!
    "What is on its way of the variant, to whichever location, the earliest first"
    expected: [ExpectedStock!]!
    "The units of \`expected\` together"
    expectedQuantity: Int!
    "At this many units that are not allocated, or fewer, it is low; null where nobody wants to know"
    threshold: Int
    "Whether the threshold was set for this variant here; else it is the shop's default"
    ownThreshold: Boolean!
    "Whether the units that are not allocated are at the threshold or below; those that checkouts hold are among them"
    low: Boolean!
  }

  type StockOverview {
    items: [StockOverviewRow!]!
    totalItems: Int!
  }

  "Rows that fit all that is given"
  input StockOverviewOptions {
    "A part of the SKU or of the variant's name in any language"
    term: String
    productVariantId: ID
    stockLocationId: ID
    "Only what is low"
    lowOnly: Boolean
    skip: Int
    "50 without it, at most 100"
    take: Int
  }

  extend type Query {
    "What the channel's locations have of its variants, by SKU. Needs ReadCatalog or ReadProduct."
    stockOverview(options: StockOverviewOptions): StockOverview!
  }

  "Units that an order keeps from all others while it is paid"
  type RunningStockHold {
    id: ID!
    createdAt: DateTime!
    expiresAt: DateTime!
    quantity: Int!
    orderId: ID!
    orderCode: String!
    productId: ID!
    productVariantId: ID!
    sku: String!
    productVariantName: String!
    stockLocationId: ID!
    stockLocationName: String!
  }

  type RunningStockHolds {
    items: [RunningStockHold!]!
    totalItems: Int!
  }

  "Holds that fit all that is given"
  input RunningStockHoldsOptions {
    "A part of the SKU, of the variant's name in any language, or of the order's code"
    term: String
    stockLocationId: ID
    skip: Int
    "50 without it, at most 100"
    take: Int
  }

  extend type Query {
    "What the channel's checkouts hold now, what ends first first. Needs ReadCatalog or ReadProduct."
    runningStockHolds(options: RunningStockHoldsOptions): RunningStockHolds!
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
