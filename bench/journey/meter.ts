import type { Databases } from './database';
import { postgresCpuMs, processCpuMs } from './proc';
import type { Services } from './services';

/** CPU time in ms, and statements, that one stretch of work took. */
export interface Usage {
  server: number;
  /** 0 when no worker ran. */
  worker: number;
  postgres: number;
  /** Redis and OpenSearch; 0 in the embedded mode. */
  services: number;
  statements: number;
}

export interface Metered {
  serverPid: number;
  workerPid?: number;
  database: string;
}

/** Work that a server does after it has answered still belongs to the request. */
const SETTLE_MS = 250;

/** Reads what the processes of a side have used. */
export class Meter {
  constructor(
    private readonly databases: Databases,
    private readonly services: Services | undefined,
  ) {}

  /** Runs something and gives what it used, besides its result. */
  async around<T>(metered: Metered, work: () => Promise<T>): Promise<{ result: T; usage: Usage }> {
    await this.databases.resetStatements();
    const before = await this.read(metered);
    const result = await work();
    await new Promise(resolve => setTimeout(resolve, SETTLE_MS));
    const after = await this.read(metered);
    return { result, usage: difference(after, before) };
  }

  private async read({ serverPid, workerPid, database }: Metered): Promise<Usage> {
    const statements = await this.databases.statements(database);
    const services =
      this.services === undefined
        ? 0
        : (await this.services.redisCpuMs()) + (await this.services.searchCpuMs());
    return {
      server: processCpuMs(serverPid),
      worker: workerPid === undefined ? 0 : processCpuMs(workerPid),
      postgres: postgresCpuMs(this.databases.postmasterPid),
      services,
      statements,
    };
  }
}

const KEYS = ['server', 'worker', 'postgres', 'services', 'statements'] as const;

function mapUsage(value: (key: keyof Usage) => number): Usage {
  return Object.fromEntries(KEYS.map(key => [key, value(key)])) as unknown as Usage;
}

function difference(after: Usage, before: Usage): Usage {
  return mapUsage(key => after[key] - before[key]);
}

/** What one operation of several used on average. */
export function perOperation(usage: Usage, operations: number): Usage {
  return mapUsage(key => usage[key] / operations);
}
