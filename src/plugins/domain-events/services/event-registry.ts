import { Injectable } from '@nestjs/common';
import { InvalidDefinitionError, RegistryClosedError, UnknownEventTypeError } from '../errors';
import { handlerProblems, resolveHandler } from '../rules/handler-settings';
import type { AnyEventDefinition, DomainEventHandler, ResolvedHandler } from '../types';

/**
 * What this process knows: event types and handlers. Plugins register theirs in `onModuleInit`; it closes before
 * the relay starts, so that a relay never meets a delivery whose handler comes later.
 */
@Injectable()
export class EventRegistry {
  private readonly events = new Map<string, AnyEventDefinition>();
  private readonly handlersByName = new Map<string, ResolvedHandler>();
  private closed = false;

  registerEvents(...definitions: AnyEventDefinition[]): void {
    for (const definition of definitions) {
      if (this.closed) throw new RegistryClosedError(`The event type "${definition.type}"`);
      const known = this.events.get(definition.type);
      if (known === definition) continue;
      if (known !== undefined)
        throw new InvalidDefinitionError(`The event type "${definition.type}"`, 'it is declared twice');
      this.events.set(definition.type, definition);
    }
  }

  registerHandlers(...handlers: DomainEventHandler[]): void {
    for (const handler of handlers) {
      const what = `The handler "${handler.name}"`;
      if (this.closed) throw new RegistryClosedError(what);
      if (this.handlersByName.has(handler.name))
        throw new InvalidDefinitionError(what, 'it is registered twice');
      const resolved = resolveHandler(handler);
      const problems = handlerProblems(resolved);
      if (problems.length > 0) throw new InvalidDefinitionError(what, problems.join('; '));
      this.handlersByName.set(handler.name, resolved);
    }
  }

  /** @throws UnknownEventTypeError when a handler wants an event that nobody declared */
  close(): void {
    for (const handler of this.handlers()) {
      for (const { type } of handler.events) this.event(type);
    }
    this.closed = true;
  }

  /** @throws UnknownEventTypeError */
  event(type: string): AnyEventDefinition {
    const definition = this.events.get(type);
    if (definition === undefined) throw new UnknownEventTypeError(type);
    return definition;
  }

  findEvent(type: string): AnyEventDefinition | undefined {
    return this.events.get(type);
  }

  eventTypes(): AnyEventDefinition[] {
    return [...this.events.values()];
  }

  handlers(): ResolvedHandler[] {
    return [...this.handlersByName.values()];
  }

  findHandler(name: string): ResolvedHandler | undefined {
    return this.handlersByName.get(name);
  }
}
