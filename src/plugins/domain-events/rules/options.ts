import { InvalidDefinitionError } from '../errors';
import type { DomainEventsPluginOptions, ResolvedOptions } from '../types';

export const DEFAULT_RETENTION_DAYS = 90;

/** The plugin's options with defaults. @throws InvalidDefinitionError when one cannot be */
export function resolveOptions(options: DomainEventsPluginOptions): ResolvedOptions {
  const resolved = {
    retentionDays: options.retentionDays ?? DEFAULT_RETENTION_DAYS,
    relay: options.relay ?? true,
    captureCoreEvents: options.captureCoreEvents ?? true,
  };
  if (!(resolved.retentionDays >= 1))
    throw new InvalidDefinitionError('DomainEventsPlugin.init', 'retentionDays must be at least 1');
  return resolved;
}
