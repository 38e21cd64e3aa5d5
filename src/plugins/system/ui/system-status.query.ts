import { gql } from 'graphql-tag';

/** What the API asks for; see the plugin's constants. */
export const PERMISSION = 'ReadSystemStatus';

export const SYSTEM_STATUS = gql`
  query SystemStatus {
    systemStatus {
      checkedAt
      versions {
        tradewind
        vendure
        node
      }
      services {
        role
        engine
        location
        up
        latencyMs
        version
        message
      }
      queues {
        queue
        waiting
        running
        failed
      }
      scheduledTasks {
        id
        description
        scheduleDescription
        lastExecutedAt
        nextExecutionAt
        isRunning
        enabled
      }
    }
  }
`;

export interface Service {
  role: 'DATABASE' | 'JOB_QUEUE' | 'CACHE' | 'SEARCH' | 'MAIL';
  engine: string;
  location: string;
  up: boolean;
  latencyMs: number | null;
  version: string | null;
  message: string | null;
}

export interface Queue {
  queue: string;
  waiting: number;
  running: number;
  failed: number;
}

export interface ScheduledTask {
  id: string;
  description: string;
  scheduleDescription: string;
  lastExecutedAt: string | null;
  nextExecutionAt: string | null;
  isRunning: boolean;
  enabled: boolean;
}

export interface SystemStatusResult {
  systemStatus: {
    checkedAt: string;
    versions: { tradewind: string; vendure: string; node: string };
    services: Service[];
    queues: Queue[] | null;
    scheduledTasks: ScheduledTask[] | null;
  };
}
