import { gql } from 'graphql-tag';
import { PROBLEM_FIELDS, type Problem, type Stale } from './rules.query';

export type Purpose = 'allow' | 'block' | 'hosting' | 'tor' | 'proxy' | 'rules';

export interface List {
  id: string;
  name: string;
  description: string;
  purpose: Purpose;
  builtIn: boolean;
  entryCount: number;
  /** Names of the rules in use that name it. */
  rules: string[];
}

export interface Entry {
  id: string;
  value: string;
  note: string | null;
  addedAt: string;
  addedBy: string | null;
}

export interface LineProblem {
  line: number;
  value: string;
  code: string;
  message: string;
}

export interface ListChange {
  __typename: 'FraudListChange';
  added: number;
  present: number;
  duplicates: number;
  removed: number;
  refused: number;
  problems: LineProblem[];
}

interface Refused {
  message: string;
  problems?: Problem[];
}

export type CreateListAnswer =
  | (List & { __typename: 'FraudList' })
  | (Refused & { __typename: 'FraudListNameError' | 'FraudListTooLargeError' | 'FraudListInputError' });

export type ChangeListAnswer =
  | ListChange
  | (Refused & { __typename: 'FraudListNotFoundError' | 'FraudListTooLargeError' | 'FraudListInputError' });

export type DeleteListAnswer =
  | { __typename: 'FraudListDeleted'; name: string; entryCount: number }
  | (Refused & { __typename: 'FraudListNotFoundError' | 'FraudListInUseError' });

export interface Settings {
  __typename: 'FraudSettings';
  version: number;
  savedAt: string | null;
  savedBy: string | null;
  baseCurrency: string;
  challengeMediumRisk: boolean;
  failOpenBelow: number;
  failClosed: 'review' | 'block';
  partWeights: { rules: number; velocity: number; device: number } | null;
  maturityDays: number;
  reviewHours: number;
  dueMails: string[];
  dueWebhook: string | null;
  promoteAutomatically: boolean;
  exchangeRates: Array<{ currency: string; rate: number }>;
}

export type SaveSettingsAnswer =
  Settings | { __typename: 'FraudSettingsInvalidError'; message: string; problems: Problem[] } | Stale;

export interface AuditEntry {
  id: string;
  at: string;
  by: string | null;
  subject: 'rules' | 'list' | 'settings';
  action: string;
  target: string;
  note: string | null;
  before: unknown;
  after: unknown;
}

const LIST_FIELDS = gql`
  fragment FraudPageList on FraudList {
    id
    name
    description
    purpose
    builtIn
    entryCount
    rules
  }
`;

export const LISTS = gql`
  query FraudPageLists {
    fraudLists {
      ...FraudPageList
    }
  }
  ${LIST_FIELDS}
`;

export const ENTRIES = gql`
  query FraudPageListEntries($list: String!, $options: FraudListEntriesOptions) {
    fraudListEntries(list: $list, options: $options) {
      items {
        id
        value
        note
        addedAt
        addedBy
      }
      totalItems
    }
  }
`;

export const CREATE_LIST = gql`
  mutation FraudPageCreateList($input: CreateFraudListInput!) {
    result: createFraudList(input: $input) {
      ... on FraudList {
        ...FraudPageList
      }
      ... on ErrorResult {
        message
      }
      ... on FraudListInputError {
        problems {
          ...FraudPageProblem
        }
      }
    }
  }
  ${LIST_FIELDS}
  ${PROBLEM_FIELDS}
`;

const CHANGE_FIELDS = gql`
  fragment FraudPageListChange on FraudListChange {
    added
    present
    duplicates
    removed
    refused
    problems {
      line
      value
      code
      message
    }
  }
`;

export const ADD_ENTRIES = gql`
  mutation FraudPageAddEntries($input: FraudListEntriesInput!) {
    result: addFraudListEntries(input: $input) {
      ... on FraudListChange {
        ...FraudPageListChange
      }
      ... on ErrorResult {
        message
      }
      ... on FraudListInputError {
        problems {
          ...FraudPageProblem
        }
      }
    }
  }
  ${CHANGE_FIELDS}
  ${PROBLEM_FIELDS}
`;

export const REMOVE_ENTRIES = gql`
  mutation FraudPageRemoveEntries($input: RemoveFraudListEntriesInput!) {
    result: removeFraudListEntries(input: $input) {
      ... on FraudListChange {
        ...FraudPageListChange
      }
      ... on ErrorResult {
        message
      }
    }
  }
  ${CHANGE_FIELDS}
`;

export const DELETE_LIST = gql`
  mutation FraudPageDeleteList($name: String!) {
    result: deleteFraudList(name: $name) {
      ... on FraudListDeleted {
        name
        entryCount
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

const SETTINGS_FIELDS = gql`
  fragment FraudPageSettings on FraudSettings {
    version
    savedAt
    savedBy
    baseCurrency
    challengeMediumRisk
    failOpenBelow
    failClosed
    partWeights {
      rules
      velocity
      device
    }
    maturityDays
    reviewHours
    dueMails
    dueWebhook
    promoteAutomatically
    exchangeRates {
      currency
      rate
    }
  }
`;

export const SETTINGS = gql`
  query FraudPageReadSettings {
    fraudSettings {
      ...FraudPageSettings
    }
  }
  ${SETTINGS_FIELDS}
`;

export const SAVE_SETTINGS = gql`
  mutation FraudPageSaveSettings($input: SaveFraudSettingsInput!) {
    result: saveFraudSettings(input: $input) {
      ... on FraudSettings {
        ...FraudPageSettings
      }
      ... on ErrorResult {
        message
      }
      ... on FraudSettingsInvalidError {
        problems {
          ...FraudPageProblem
        }
      }
      ... on FraudStaleError {
        currentVersion
      }
    }
  }
  ${SETTINGS_FIELDS}
  ${PROBLEM_FIELDS}
`;

export const AUDIT = gql`
  query FraudPageAudit($options: FraudAuditOptions) {
    fraudAuditLog(options: $options) {
      items {
        id
        at
        by
        subject
        action
        target
        note
        before
        after
      }
      totalItems
    }
  }
`;
