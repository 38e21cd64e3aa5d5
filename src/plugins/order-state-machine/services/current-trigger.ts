import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../types';

/** Why an order is being moved, for the entry in its history. */
export interface TriggerCause {
  readonly orderId: string;
  readonly trigger: string;
  readonly note: string | null;
  readonly notePublic: boolean;
  /** Else whoever the request is from. */
  readonly actor?: Actor;
}

/**
 * Carries the cause of a transition through core's services, which have no place for it. What core moves on its own
 * has none.
 */
@Injectable()
export class CurrentTrigger {
  private readonly storage = new AsyncLocalStorage<TriggerCause>();

  run<T>(cause: TriggerCause, work: () => Promise<T>): Promise<T> {
    return this.storage.run(cause, work);
  }

  /** The cause of what is happening to this order right now. */
  of(orderId: unknown): TriggerCause | undefined {
    const cause = this.storage.getStore();
    return cause?.orderId === String(orderId) ? cause : undefined;
  }
}
