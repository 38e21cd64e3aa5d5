import { gql } from 'graphql-tag';

export const READ = 'ReadPaymentRouting';
export const UPDATE = 'UpdatePaymentRouting';
/** What the API asks for; one of them is enough. */
export const READ_CHANNELS = ['ReadSettings', 'ReadChannel'];
export const READ_GROUPS = ['ReadCustomer', 'ReadCustomerGroup'];

export type MethodType = 'card' | 'digital_wallet' | 'bank_transfer';

export interface Conditions {
  currencies: string[] | null;
  minAmount: number | null;
  maxAmount: number | null;
  amountCurrency: string | null;
  countries: string[] | null;
  methodTypes: MethodType[] | null;
  cardBrands: string[] | null;
  customerGroupIds: string[] | null;
  channelIds: string[] | null;
}

export interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  when: Conditions;
  to: Array<{ provider: string; weight: number }>;
  failover: string[];
}

export interface Problem {
  /** Such as `rules.0.when.minAmount`. */
  path: string;
  severity: 'error' | 'warning';
  message: string;
}

export interface Provider {
  code: string;
  isDefault: boolean;
  methodTypes: MethodType[];
}

export interface Routing {
  __typename: 'PaymentRouting';
  version: number;
  savedAt: string | null;
  savedBy: string | null;
  note: string | null;
  rules: Rule[];
  problems: Problem[];
  providers: Provider[];
}

export interface InvalidRouting {
  __typename: 'PaymentRoutingInvalidError';
  message: string;
  problems: Problem[];
}

export interface StaleRouting {
  __typename: 'PaymentRoutingStaleError';
  message: string;
  currentVersion: number;
}

export type SaveAnswer = Routing | InvalidRouting | StaleRouting;

export interface Version {
  version: number;
  savedAt: string;
  savedBy: string | null;
  note: string | null;
  ruleCount: number;
}

export type Refusal = 'disabled' | 'providers' | keyof Conditions;

export interface Reason {
  ruleId: string;
  ruleName: string;
  outcome: 'taken' | 'shadowed' | 'refused';
  refusedBy: Refusal | null;
  unknownFact: boolean;
}

export interface Route {
  __typename: 'PaymentRoute';
  ruleName: string | null;
  providers: string[];
  shares: Array<{ provider: string; share: number }>;
  reasons: Reason[];
}

export interface Named {
  id: string;
  name: string;
}

const ROUTING_FIELDS = gql`
  fragment RoutingPageFields on PaymentRouting {
    version
    savedAt
    savedBy
    note
    rules {
      id
      name
      enabled
      when {
        currencies
        minAmount
        maxAmount
        amountCurrency
        countries
        methodTypes
        cardBrands
        customerGroupIds
        channelIds
      }
      to {
        provider
        weight
      }
      failover
    }
    problems {
      path
      severity
      message
    }
    providers {
      code
      isDefault
      methodTypes
    }
  }
`;

export const ROUTING = gql`
  query RoutingPageRules {
    paymentRouting {
      ...RoutingPageFields
    }
  }
  ${ROUTING_FIELDS}
`;

export const VERSION = gql`
  query RoutingPageVersion($version: Int!) {
    paymentRoutingVersion(version: $version) {
      ...RoutingPageFields
    }
  }
  ${ROUTING_FIELDS}
`;

export const VERSIONS = gql`
  query RoutingPageVersions($options: PaymentRoutingVersionsOptions) {
    paymentRoutingVersions(options: $options) {
      items {
        version
        savedAt
        savedBy
        note
        ruleCount
      }
      totalItems
    }
  }
`;

export const SAVE = gql`
  mutation RoutingPageSave($input: SavePaymentRoutingInput!) {
    result: savePaymentRouting(input: $input) {
      ... on PaymentRouting {
        ...RoutingPageFields
      }
      ... on PaymentRoutingInvalidError {
        message
        problems {
          path
          severity
          message
        }
      }
      ... on PaymentRoutingStaleError {
        message
        currentVersion
      }
    }
  }
  ${ROUTING_FIELDS}
`;

export const EXPLAIN = gql`
  query RoutingPageExplain($input: PaymentRouteInput!) {
    result: explainPaymentRoute(input: $input) {
      ... on PaymentRoute {
        ruleName
        providers
        shares {
          provider
          share
        }
        reasons {
          ruleId
          ruleName
          outcome
          refusedBy
          unknownFact
        }
      }
      ... on PaymentRoutingInvalidError {
        message
        problems {
          path
          severity
          message
        }
      }
    }
  }
`;

export const CHANNELS = gql`
  query RoutingPageChannels {
    channels(options: { take: 100 }) {
      items {
        id
        name: code
      }
    }
  }
`;

export const GROUPS = gql`
  query RoutingPageGroups {
    customerGroups(options: { take: 100, sort: { name: ASC } }) {
      items {
        id
        name
      }
    }
  }
`;
