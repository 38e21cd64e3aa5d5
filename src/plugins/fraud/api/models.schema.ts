import { gql } from 'graphql-tag';

const models = gql`
  enum FraudModelKind {
    "Learned from the shop's own attempts"
    trained
    "Made elsewhere and imported"
    imported
  }

  enum FraudModelStatus {
    "Runs in shadow: its scores are kept beside each decision and decide nothing"
    challenger
    "It decides. There is one at most"
    champion
    "Neither; it can be promoted again"
    retired
  }

  """
  How well a score tells fraud from good orders. Of attempts whose outcome is known.
  What is stopped is what would be reviewed or declined.
  """
  type FraudModelFigures {
    rows: Int!
    frauds: Int!
    """
    Area under the ROC curve: how often a fraud has a higher score than a good order, ties counted half (Hanley and McNeil
    1982). Null without both
    """
    auc: Float
    "Mean of the precision at each fraud, in the order of the score (average precision; ties count as one step). Null without a fraud"
    averagePrecision: Float
    "Of what is stopped, the part that is fraud; null where nothing is stopped"
    precision: Float
    "Of the fraud, the part that is stopped; null without a fraud"
    recall: Float
    "Good orders that are stopped"
    goodStopped: Int!
    approvalRate: Float
    reviewRate: Float
    declineRate: Float
  }

  "Attempts whose probability lies in this span: a calibrated model has expected near observed"
  type FraudCalibrationBin {
    from: Float!
    "Not included, save for 1"
    to: Float!
    rows: Int!
    "Mean of the model's probabilities"
    expected: Float!
    "The part that is fraud"
    observed: Float!
  }

  type FraudModelFeature {
    name: String!
    "Its part of all that the trees gained in training; all features make 1. For an imported model, of its splits"
    importance: Float!
  }

  "What was found when it was made. Of attempts that it did not learn from, later than all that it did learn from"
  type FraudModelReport {
    from: DateTime
    to: DateTime
    "Null for an imported model as long as the shop has too few known outcomes"
    figures: FraudModelFigures
    calibration: [FraudCalibrationBin!]!
    "The most important 50"
    features: [FraudModelFeature!]!
    "Everything that the training has reported"
    details: JSON
  }

  type FraudModel implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    "Stands in the decisions that it took part in"
    version: String!
    kind: FraudModelKind!
    status: FraudModelStatus!
    "Why it cannot be used, such as a file that does not read any more; null for a sound one"
    problem: String
    note: String
    "Attempts that it learned from; null for an imported one"
    rows: Int
    frauds: Int
    "The oldest and the newest attempt that it learned from"
    trainedFrom: DateTime
    trainedTo: DateTime
    "Size of its file, in bytes"
    size: Int!
    report: FraudModelReport!
    "The login of who imported it, or asked for its training; null where the schedule did"
    createdBy: String
    "When it became champion the last time"
    promotedAt: DateTime
    "The login of who promoted it; null where the rule did"
    promotedBy: String
    promotedBecause: String
    retiredAt: DateTime
  }

  type FraudModelList implements PaginatedList {
    items: [FraudModel!]!
    totalItems: Int!
  }

  input FraudModelListOptions
`;

const readiness = gql`
  "Whether the shop knows enough to train"
  type FraudModelReadiness {
    "The model that decides; null as long as there is none: rules, velocity and device carry the decision"
    champion: FraudModel
    "In shadow, the newest first"
    challengers: [FraudModel!]!
    "Known outcomes that a training would learn from now; counted up to the most that it takes"
    good: Int!
    frauds: Int!
    "What a training needs at least"
    neededGood: Int!
    neededFrauds: Int!
    ready: Boolean!
    "In a sentence, in the language of the request"
    message: String!
    "The last training that has ended"
    lastTraining: FraudTrainingRun
    "The one that is under way"
    training: FraudTrainingRun
    "When the schedule trains next at the earliest"
    nextTraining: DateTime
  }

  enum FraudTrainingState {
    "Asked for; a worker begins within seconds"
    queued
    running
    "It has made a challenger"
    done
    "Too few outcomes are known: nothing was made"
    too_few_labels
    "It ended before its end; error says why"
    failed
  }

  type FraudTrainingRun implements Node {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    state: FraudTrainingState!
    "schedule or staff"
    trigger: String!
    "The login of who asked for it"
    requestedBy: String
    startedAt: DateTime
    endedAt: DateTime
    "Known outcomes that it found"
    good: Int
    frauds: Int
    neededGood: Int
    neededFrauds: Int
    "What it has made"
    model: FraudModel
    error: String
  }

  type FraudTrainingRunList implements PaginatedList {
    items: [FraudTrainingRun!]!
    totalItems: Int!
  }

  input FraudTrainingRunListOptions
`;

const comparison = gql`
  "A challenger and the champion, on the attempts that both have scored"
  type FraudModelComparison {
    challenger: FraudModel!
    "What it is compared with: the champion, or no model"
    champion: FraudModel
    "The span of the attempts; at most 180 days are compared"
    from: DateTime!
    to: DateTime!
    "Attempts that both have scored, also those without a known outcome; at most 50000, the newest"
    scored: Int!
    "Of those with a known outcome: the whole score with the champion"
    championFigures: FraudModelFigures!
    "The whole score as it would have been with the challenger"
    challengerFigures: FraudModelFigures!
    "Attempts that they would have decided differently"
    differing: Int!
    "By what was decided and what would have been; only where they differ"
    differences: [FraudDecisionDifference!]!
    "How many known outcomes the rule for promotion asks for"
    neededRows: Int!
    neededFrauds: Int!
    "Whether the figures are good enough for the rule to promote it"
    better: Boolean!
    "Why, or why not, in a sentence"
    verdict: String!
  }

  type FraudDecisionDifference {
    "approve, review or decline"
    champion: String!
    challenger: String!
    rows: Int!
    "Of those, known as fraud"
    frauds: Int!
    "Of those, known as good"
    good: Int!
  }
`;

const changes = gql`
  input ImportFraudModelInput {
    "LightGBM: the JSON of dump_model or the text of save_model; or a model file of this plugin. At most 20 MB"
    file: Upload!
    "At most 1000 characters"
    note: String
  }

  input PromoteFraudModelInput {
    id: ID!
    "Why; kept with the model. 1 to 1000 characters"
    reason: String!
  }

  input RollBackFraudModelInput {
    "Why; kept with the model. 1 to 1000 characters"
    reason: String!
  }

  input RetireFraudModelInput {
    id: ID!
  }

  "The file cannot be used; nothing was kept of it"
  type FraudModelFileError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    "What is wrong with it, and where"
    problem: String!
    "Features of it that the shop does not have; empty for another problem"
    unknownFeatures: [String!]!
  }

  type FraudModelNotFoundError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "The model decides: promote another one first, or roll back"
  type FraudModelInUseError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "The model cannot be promoted"
  type FraudModelUnusableError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    problem: String!
  }

  "There is no earlier champion to go back to"
  type FraudModelNoEarlierError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  "Too few outcomes are known to train, or to judge an imported model"
  type FraudTooFewLabelsError implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
    good: Int!
    frauds: Int!
    neededGood: Int!
    neededFrauds: Int!
  }

  union ImportFraudModelResult = FraudModel | FraudModelFileError
  union PromoteFraudModelResult =
    | FraudModel
    | FraudModelNotFoundError
    | FraudModelUnusableError
    | FraudTooFewLabelsError
  union RollBackFraudModelResult = FraudModel | FraudModelNoEarlierError | FraudModelUnusableError
  union RetireFraudModelResult = FraudModel | FraudModelNotFoundError | FraudModelInUseError
  union TrainFraudModelResult = FraudTrainingRun | FraudTooFewLabelsError
`;

/** Models that learn from what became of attempts to pay, for staff. */
export const modelsAdminSchema = gql`
  ${models}
  ${readiness}
  ${comparison}
  ${changes}

  extend type Query {
    "The newest first. In the default channel only. Needs ReadFraudModels."
    fraudModels(options: FraudModelListOptions): FraudModelList!
    "In the default channel only. Needs ReadFraudModels."
    fraudModel(id: ID!): FraudModel
    "In the default channel only. Needs ReadFraudModels."
    fraudModelReadiness: FraudModelReadiness!
    "The challenger and the champion side by side; null for an unknown model. In the default channel only. Needs ReadFraudModels."
    fraudModelComparison(challengerId: ID!): FraudModelComparison
    "The newest first. In the default channel only. Needs ReadFraudModels."
    fraudTrainingRuns(options: FraudTrainingRunListOptions): FraudTrainingRunList!
  }

  extend type Mutation {
    """
    Trains a challenger now, in a worker. Gives the run that is under way where there is one: there is never more than one.
    In the default channel only. Needs CreateFraudModels.
    """
    trainFraudModel: TrainFraudModelResult!
    "Keeps a model that was made elsewhere as a challenger. In the default channel only. Needs CreateFraudModels."
    importFraudModel(input: ImportFraudModelInput!): ImportFraudModelResult!
    """
    Makes a challenger, or a champion of earlier, the champion, at once in all processes; the one before is retired. In the
    default channel only. Needs UpdateFraudModels.
    """
    promoteFraudModel(input: PromoteFraudModelInput!): PromoteFraudModelResult!
    "Makes the champion before this one the champion again. In the default channel only. Needs UpdateFraudModels."
    rollBackFraudModel(input: RollBackFraudModelInput!): RollBackFraudModelResult!
    "Ends a challenger. In the default channel only. Needs UpdateFraudModels."
    retireFraudModel(input: RetireFraudModelInput!): RetireFraudModelResult!
  }
`;
