import { gql } from 'graphql-tag';

export const adminApiExtensions = gql`
  extend type Query {
    """
    The state of this installation: versions, services, queues and scheduled tasks. The answer may be up to
    5 seconds old. It needs the permission ReadSystemStatus.
    """
    systemStatus: SystemStatus!
  }

  type SystemStatus {
    "When the services were asked."
    checkedAt: DateTime!
    versions: SystemVersions!
    "The services that the settings name, always in the order database, job queue, cache, search, mail."
    services: [SystemService!]!
    "The jobs of each queue, by queue name; null when the job queue does not answer within 2 seconds."
    queues: [SystemQueue!]
    "The scheduled tasks with their last and next runs; null when the database does not answer within 2 seconds."
    scheduledTasks: [ScheduledTask!]
  }

  "The versions of the program itself. Those of the services are told by each service."
  type SystemVersions {
    tradewind: String!
    vendure: String!
    "Of the server process, without a leading v."
    node: String!
  }

  "What a service is for."
  enum SystemServiceRole {
    DATABASE
    JOB_QUEUE
    CACHE
    SEARCH
    MAIL
  }

  type SystemService {
    role: SystemServiceRole!
    "What does the work, for instance PostgreSQL or BullMQ on Redis."
    engine: String!
    "Host and port, or where inside this installation; never with credentials."
    location: String!
    "Whether it answered within 2 seconds."
    up: Boolean!
    "How long it took to answer, in milliseconds; null when it is down or inside the process."
    latencyMs: Float
    "Its version; null when it is down or has none of its own."
    version: String
    "Why it counts as down; null when it is up."
    message: String
  }

  "The jobs of one queue. Finished and cancelled jobs do not count."
  type SystemQueue {
    queue: String!
    "Jobs that have not started, or wait for another try."
    waiting: Int!
    "Jobs that a worker is at."
    running: Int!
    "Jobs that failed for good and are kept to be looked at."
    failed: Int!
  }
`;
