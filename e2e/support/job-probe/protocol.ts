/** What the tests ask of a probe process, and what its queues do. */

/** `probe.first` is started before `probe.second`. */
export const QUEUES = ['probe.first', 'probe.second'] as const;
export type ProbeQueue = (typeof QUEUES)[number];

/** What a job does: sleep for so long, or fail, or kill its worker. */
export interface ProbeJob {
  key: string;
  /** Of each run, in order (ms); the last one stands for all further runs. */
  runsMs: number[];
  end?: 'fail' | 'kill';
}

export interface JobReport {
  id: string;
  state: string;
  attempts: number;
  progress: number;
  result: unknown;
  error: string | null;
}

export type ProbeCommand =
  | { name: 'add'; queue: ProbeQueue; jobs: ProbeJob[]; retries: number }
  | { name: 'job'; id: string }
  | { name: 'failed'; queue: ProbeQueue }
  | { name: 'cancel'; id: string }
  | { name: 'depths' };

export interface ProbeRequest {
  request: number;
  command: ProbeCommand;
}

export interface ProbeReply {
  reply: number;
  result?: unknown;
  error?: string;
}
