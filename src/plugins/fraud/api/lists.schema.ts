import { gql } from 'graphql-tag';

/** Lists that rules and signals look values up in, for staff. */
export const listsAdminSchema = gql`
  "What a list is for"
  enum FraudListPurpose {
    "Approves: e-mail addresses and domains, IP addresses and networks, devices, cards, customers"
    allow
    "Declines: as allow"
    block
    "IP addresses and networks of data centres: the signal ip.hosting"
    hosting
    "IP addresses and networks of Tor's exit nodes: the signal ip.tor"
    tor
    "IP addresses and networks of proxies: the signal ip.proxy"
    proxy
    "What the rules that name it make of it"
    rules
  }

  "Values by a name. A value is compared without regard to case and to spaces around it; IP addresses and networks (192.0.2.0/24, 2001:db8::/32) by what they mean."
  type FraudList implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "How rules name it. 1 to 64 small letters, digits, dashes and underscores"
    name: String!
    description: String!
    "Follows from the name"
    purpose: FraudListPurpose!
    "Whether it belongs to the shop and cannot be deleted"
    builtIn: Boolean!
    entryCount: Int!
    "Names of the rules in use that name it"
    rules: [String!]!
  }

  type FraudListEntry implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "As it is compared. In the lists allow and block, a kind may stand before it: email: domain: ip: device: card: customer:"
    value: String!
    note: String
    addedAt: DateTime!
    "The login of who added it; null for a script, or when the login is gone"
    addedBy: String
  }

  type FraudListEntries {
    items: [FraudListEntry!]!
    totalItems: Int!
  }

  input FraudListEntriesOptions {
    skip: Int
    "20 without it, at most 100"
    take: Int
    "What the value begins with; a whole IP address also finds the networks that it is in"
    search: String
  }

  input CreateFraudListInput {
    name: String!
    "At most 500 characters"
    description: String
  }

  "Exactly one of values, text and file"
  input FraudListEntriesInput {
    "The list's name"
    list: String!
    values: [String!]
    "One value a line. Empty lines, and those that begin with #, are passed over"
    text: String
    "A text file as in text, in UTF-8, at most 20 MB"
    file: Upload
    "Whether these are all: what is in the list and not among them is taken out"
    replace: Boolean
    "Why; kept with the entries and in the audit log. At most 500 characters"
    note: String
  }

  input RemoveFraudListEntriesInput {
    list: String!
    "At most 10,000"
    values: [String!]!
    note: String
  }

  "A line that was not taken"
  type FraudListLineProblem {
    "Counted from 1"
    line: Int!
    "Its first 100 characters"
    value: String!
    "too-long, control-characters, malformed-network, not-an-address (in hosting, tor and proxy) or network-too-wide (wider than /8, or /16 of IPv6)"
    code: String!
    message: String!
  }

  "What became of entries that were sent"
  type FraudListChange {
    list: FraudList!
    added: Int!
    "Were in the list already"
    present: Int!
    "Stood there more than once"
    duplicates: Int!
    removed: Int!
    "Lines that were not taken"
    refused: Int!
    "The first 100 of these"
    problems: [FraudListLineProblem!]!
  }

  type FraudListDeleted {
    name: String!
    "How many entries it had"
    entryCount: Int!
  }

  "There is no such list"
  type FraudListNotFoundError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    list: String!
  }

  "Another list has the name, or it is no name"
  type FraudListNameError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    name: String!
  }

  "There would be too many values in a list, or too many lists. Nothing was changed."
  type FraudListTooLargeError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    max: Int!
    "How many there would be"
    count: Int!
  }

  "What was sent cannot be read. Nothing was changed."
  type FraudListInputError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    problems: [FraudProblem!]!
  }

  "Rules in use name the list, or it belongs to the shop. Nothing was changed."
  type FraudListInUseError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "Names of the rules; empty for a list that belongs to the shop"
    rules: [String!]!
  }

  union CreateFraudListResult = FraudList | FraudListNameError | FraudListTooLargeError | FraudListInputError
  union ChangeFraudListResult =
    | FraudListChange
    | FraudListNotFoundError
    | FraudListTooLargeError
    | FraudListInputError
  union DeleteFraudListResult = FraudListDeleted | FraudListNotFoundError | FraudListInUseError

  extend type Query {
    "All lists, in the order of their names. Needs ReadFraudRules."
    fraudLists: [FraudList!]!
    "Null when there is no such list. Needs ReadFraudRules."
    fraudList(name: String!): FraudList
    "What is in a list, in the order of the values. Needs ReadFraudRules."
    fraudListEntries(list: String!, options: FraudListEntriesOptions): FraudListEntries!
  }

  extend type Mutation {
    "Needs UpdateFraudRules."
    createFraudList(input: CreateFraudListInput!): CreateFraudListResult!
    "Adds values, up to 500,000 in all; they count from the next payment on. Lines that cannot be taken are told of, the others are added. Needs UpdateFraudRules."
    addFraudListEntries(input: FraudListEntriesInput!): ChangeFraudListResult!
    "Values that are not in the list are passed over. Needs UpdateFraudRules."
    removeFraudListEntries(input: RemoveFraudListEntriesInput!): ChangeFraudListResult!
    "Needs UpdateFraudRules."
    deleteFraudList(name: String!): DeleteFraudListResult!
  }
`;
