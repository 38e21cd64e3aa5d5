import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Logger, SchedulerService } from '@vendure/core';
import { CHECK_TIMEOUT_MS, STATUS_MAX_AGE_MS, SYSTEM_PLUGIN_OPTIONS, loggerCtx } from '../constants';
import { bounded, serviceStatus } from '../rules/check-result';
import { describeServices } from '../rules/service-descriptions';
import { ShortMemory } from '../rules/short-memory';
import type {
  Backend,
  CheckAnswer,
  Outcome,
  ScheduledTaskStatus,
  ServiceStatus,
  SystemPluginOptions,
  SystemStatus,
} from '../types';
import { ProbeService } from './probe.service';
import { QueueDepthService } from './queue-depth.service';
import { installedVersions } from './versions';

/** A check that hangs for longer has lost its connection for good: it is asked anew. */
const GIVE_UP_AFTER_MS = 15 * CHECK_TIMEOUT_MS;

interface Running<T> {
  work: Promise<T>;
  /** In ms since 1970. */
  since: number;
}

/** Puts together the state of this installation: at most every few seconds, each part for a bounded time. */
@Injectable()
export class SystemService {
  private readonly versions = installedVersions();
  private readonly memory = new ShortMemory(() => this.check(), STATUS_MAX_AGE_MS);
  /** While a check hangs, the same is not asked again: hanging checks must not pile up. */
  private readonly running = new Map<string, Running<unknown>>();

  constructor(
    @Inject(SYSTEM_PLUGIN_OPTIONS) private readonly options: SystemPluginOptions,
    private readonly probes: ProbeService,
    private readonly queueDepths: QueueDepthService,
    private readonly moduleRef: ModuleRef,
  ) {}

  /** The state, at most {@link STATUS_MAX_AGE_MS} old. It does not fail when services do. */
  status(): Promise<SystemStatus> {
    return this.memory.get();
  }

  private async check(): Promise<SystemStatus> {
    const checkedAt = new Date();
    const [services, queues, scheduledTasks] = await Promise.all([
      this.services(),
      this.ask('job queue', () => this.queueDepths.depths()),
      this.ask('scheduled tasks', () => this.scheduledTasks()),
    ]);
    return {
      checkedAt,
      versions: this.versions,
      services,
      queues: this.valueOrNull('job queue', queues),
      scheduledTasks: this.valueOrNull('scheduled tasks', scheduledTasks),
    };
  }

  private async services(): Promise<ServiceStatus[]> {
    // Several services may stand on one backend, which is asked once.
    const checks = new Map<Backend, Promise<Outcome<CheckAnswer>>>();
    return Promise.all(
      describeServices(this.options).map(async description => {
        const { backend } = description;
        const check = checks.get(backend) ?? this.ask(backend, () => this.probes.ask(backend));
        checks.set(backend, check);
        return serviceStatus(description, await check);
      }),
    );
  }

  /** The platform exports its scheduler's class but not the module, so it cannot be injected. */
  private scheduledTasks(): Promise<ScheduledTaskStatus[]> {
    return this.moduleRef.get(SchedulerService, { strict: false }).getTaskList();
  }

  private ask<T>(name: string, work: () => Promise<T>): Promise<Outcome<T>> {
    return bounded(() => {
      const running = this.running.get(name) as Running<T> | undefined;
      if (running !== undefined && Date.now() - running.since < GIVE_UP_AFTER_MS) return running.work;
      const started: Running<T> = { work: work(), since: Date.now() };
      const forget = () => {
        if (this.running.get(name) === started) this.running.delete(name);
      };
      started.work.then(forget, forget);
      this.running.set(name, started);
      return started.work;
    }, CHECK_TIMEOUT_MS);
  }

  private valueOrNull<T>(name: string, outcome: Outcome<T>): T | null {
    if (outcome.ok) return outcome.value;
    Logger.warn(`Cannot read the ${name}: ${outcome.reason}`, loggerCtx);
    return null;
  }
}
