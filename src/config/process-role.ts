/** What a process is for: answer requests, run jobs, or do one thing and end. */
export type ProcessRole = 'server' | 'worker' | 'script';
