import { gql } from 'graphql-tag';

/** For the Admin API. */
export const orderDocumentsSchema = gql`
  enum OrderDocumentKind {
    "A shipping label for one parcel"
    label
    "What to pack, for one stock location"
    packing_list
  }

  "A paper that goes with an order"
  type OrderDocument implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    kind: OrderDocumentKind!
    "From where the goods are sent"
    stockLocationId: ID!
    stockLocationName: String!
    "Of a label: who carries the parcel"
    carrier: String
    "Of a label; empty once the customer's data is erased"
    trackingNumber: String
    "Where the parcel can be followed; empty if the carrier has no such page"
    trackingUrl: String
    contentType: String!
    "In bytes; 0 once the customer's data is erased"
    size: Int!
    "Where to download it, below the shop's address; needs the permission ReadOrder and the order's channel"
    url: String!
    "Since then it must not be used; empty while it is good"
    voidedAt: DateTime
  }

  extend type Order {
    "Labels and packing lists, the newest first"
    documents: [OrderDocument!]!
  }
`;
