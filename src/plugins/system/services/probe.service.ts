import { Inject, Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import { mailboxProbe, memoryProbe, postgresProbe, redisProbe, searchProbe } from '../adapters/probes';
import { smtpProbe } from '../adapters/smtp-probe';
import { CHECK_TIMEOUT_MS, SYSTEM_PLUGIN_OPTIONS } from '../constants';
import type { Backend, CheckAnswer, Probe, SystemPluginOptions } from '../types';

/** Knows how to ask each backend that the settings name. */
@Injectable()
export class ProbeService {
  private readonly probes: Partial<Record<Backend, Probe>>;

  constructor(
    @Inject(SYSTEM_PLUGIN_OPTIONS) options: SystemPluginOptions,
    connection: TransactionalConnection,
  ) {
    const { REDIS_URL, SEARCH_URL, SMTP_URL } = options;
    this.probes = {
      postgres: postgresProbe(sql => connection.rawConnection.query(sql)),
      mailbox: mailboxProbe(options.DATA_DIR),
      memory: memoryProbe,
      ...(REDIS_URL === undefined ? {} : { redis: redisProbe(REDIS_URL, CHECK_TIMEOUT_MS) }),
      ...(SEARCH_URL === undefined ? {} : { search: searchProbe(SEARCH_URL, CHECK_TIMEOUT_MS) }),
      ...(SMTP_URL === undefined ? {} : { smtp: smtpProbe(SMTP_URL, CHECK_TIMEOUT_MS) }),
    };
  }

  /** Rejects when there is no answer. It may take as long as the network lets it. */
  async ask(backend: Backend): Promise<CheckAnswer> {
    const probe = this.probes[backend];
    if (probe === undefined) throw new Error('The settings do not name it.');
    return probe();
  }
}
