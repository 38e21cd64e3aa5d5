import { gql } from 'graphql-tag';
import type { Recommendation } from './review.query';

/** What the API asks for. */
export const READ_MODELS = 'ReadFraudModels';
export const CREATE_MODELS = 'CreateFraudModels';
export const UPDATE_MODELS = 'UpdateFraudModels';

export interface Figures {
  rows: number;
  frauds: number;
  auc: number | null;
  averagePrecision: number | null;
  precision: number | null;
  recall: number | null;
  goodStopped: number;
  approvalRate: number | null;
  reviewRate: number | null;
  declineRate: number | null;
}

export interface CalibrationBin {
  from: number;
  to: number;
  rows: number;
  expected: number;
  observed: number;
}

export interface Model {
  id: string;
  createdAt: string;
  version: string;
  kind: 'trained' | 'imported';
  status: 'challenger' | 'champion' | 'retired';
  problem: string | null;
  note: string | null;
  rows: number | null;
  frauds: number | null;
  trainedFrom: string | null;
  trainedTo: string | null;
  createdBy: string | null;
  promotedAt: string | null;
  promotedBy: string | null;
  promotedBecause: string | null;
}

export interface ModelReport {
  from: string | null;
  to: string | null;
  figures: Figures | null;
  calibration: CalibrationBin[];
  features: Array<{ name: string; importance: number }>;
  details: Readonly<Record<string, unknown>> | null;
}

export interface TrainingRun {
  id: string;
  state: 'queued' | 'running' | 'done' | 'too_few_labels' | 'failed';
  trigger: string;
  requestedBy: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  good: number | null;
  frauds: number | null;
  neededGood: number | null;
  neededFrauds: number | null;
  error: string | null;
}

export interface Readiness {
  champion: Model | null;
  challengers: Model[];
  good: number;
  frauds: number;
  neededGood: number;
  neededFrauds: number;
  ready: boolean;
  message: string;
  lastTraining: TrainingRun | null;
  training: TrainingRun | null;
  nextTraining: string | null;
}

export interface Comparison {
  from: string;
  to: string;
  scored: number;
  championFigures: Figures;
  challengerFigures: Figures;
  differing: number;
  differences: Array<{
    champion: Recommendation;
    challenger: Recommendation;
    rows: number;
    frauds: number;
    good: number;
  }>;
  neededRows: number;
  neededFrauds: number;
  better: boolean;
  verdict: string;
}

interface Refused {
  message: string;
}

export type ModelAnswer =
  | (Model & { __typename: 'FraudModel' })
  | (Refused & { __typename: 'FraudModelFileError'; why: string; unknownFeatures: string[] })
  | (Refused & { __typename: 'FraudModelUnusableError'; why: string })
  | (Refused & {
      __typename:
        | 'FraudModelNotFoundError'
        | 'FraudModelInUseError'
        | 'FraudModelNoEarlierError'
        | 'FraudTooFewLabelsError';
    });

export type TrainAnswer =
  (TrainingRun & { __typename: 'FraudTrainingRun' }) | (Refused & { __typename: 'FraudTooFewLabelsError' });

const MODEL_FIELDS = gql`
  fragment FraudPageModel on FraudModel {
    id
    createdAt
    version
    kind
    status
    problem
    note
    rows
    frauds
    trainedFrom
    trainedTo
    createdBy
    promotedAt
    promotedBy
    promotedBecause
  }
`;

const FIGURES_FIELDS = gql`
  fragment FraudPageModelFigures on FraudModelFigures {
    rows
    frauds
    auc
    averagePrecision
    precision
    recall
    goodStopped
    approvalRate
    reviewRate
    declineRate
  }
`;

const RUN_FIELDS = gql`
  fragment FraudPageTrainingRun on FraudTrainingRun {
    id
    state
    trigger
    requestedBy
    createdAt
    startedAt
    endedAt
    good
    frauds
    neededGood
    neededFrauds
    error
  }
`;

export const READINESS = gql`
  query FraudPageReadiness {
    fraudModelReadiness {
      champion {
        ...FraudPageModel
      }
      challengers {
        ...FraudPageModel
      }
      good
      frauds
      neededGood
      neededFrauds
      ready
      message
      lastTraining {
        ...FraudPageTrainingRun
      }
      training {
        ...FraudPageTrainingRun
      }
      nextTraining
    }
  }
  ${MODEL_FIELDS}
  ${RUN_FIELDS}
`;

export const MODELS = gql`
  query FraudPageModels($options: FraudModelListOptions) {
    fraudModels(options: $options) {
      items {
        ...FraudPageModel
      }
      totalItems
    }
  }
  ${MODEL_FIELDS}
`;

export const MODEL = gql`
  query FraudPageModelReport($id: ID!) {
    fraudModel(id: $id) {
      ...FraudPageModel
      report {
        from
        to
        figures {
          ...FraudPageModelFigures
        }
        calibration {
          from
          to
          rows
          expected
          observed
        }
        features {
          name
          importance
        }
        details
      }
    }
  }
  ${MODEL_FIELDS}
  ${FIGURES_FIELDS}
`;

export const COMPARISON = gql`
  query FraudPageComparison($id: ID!) {
    fraudModelComparison(challengerId: $id) {
      from
      to
      scored
      championFigures {
        ...FraudPageModelFigures
      }
      challengerFigures {
        ...FraudPageModelFigures
      }
      differing
      differences {
        champion
        challenger
        rows
        frauds
        good
      }
      neededRows
      neededFrauds
      better
      verdict
    }
  }
  ${FIGURES_FIELDS}
`;

export const TRAIN = gql`
  mutation FraudPageTrain {
    result: trainFraudModel {
      ... on FraudTrainingRun {
        ...FraudPageTrainingRun
      }
      ... on ErrorResult {
        message
      }
    }
  }
  ${RUN_FIELDS}
`;

export const IMPORT = gql`
  mutation FraudPageImportModel($input: ImportFraudModelInput!) {
    result: importFraudModel(input: $input) {
      ... on FraudModel {
        ...FraudPageModel
      }
      ... on ErrorResult {
        message
      }
      ... on FraudModelFileError {
        why: problem
        unknownFeatures
      }
    }
  }
  ${MODEL_FIELDS}
`;

export const PROMOTE = gql`
  mutation FraudPagePromoteModel($input: PromoteFraudModelInput!) {
    result: promoteFraudModel(input: $input) {
      ... on FraudModel {
        ...FraudPageModel
      }
      ... on ErrorResult {
        message
      }
      ... on FraudModelUnusableError {
        why: problem
      }
    }
  }
  ${MODEL_FIELDS}
`;

export const ROLL_BACK = gql`
  mutation FraudPageRollBackModel($input: RollBackFraudModelInput!) {
    result: rollBackFraudModel(input: $input) {
      ... on FraudModel {
        ...FraudPageModel
      }
      ... on ErrorResult {
        message
      }
      ... on FraudModelUnusableError {
        why: problem
      }
    }
  }
  ${MODEL_FIELDS}
`;

export const RETIRE = gql`
  mutation FraudPageRetireModel($input: RetireFraudModelInput!) {
    result: retireFraudModel(input: $input) {
      ... on FraudModel {
        ...FraudPageModel
      }
      ... on ErrorResult {
        message
      }
    }
  }
  ${MODEL_FIELDS}
`;
