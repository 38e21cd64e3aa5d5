/** The table that the handlers write; a test creates it. No key: an effect that happened twice is there twice. */
export const PROBE_TABLES = `
  CREATE TABLE probe_effect (
    "position" bigserial PRIMARY KEY, "handler" text, "eventId" uuid, "aggregateId" text, "version" int, "number" int,
    "pid" int, "key" text);
  CREATE TABLE probe_repaired ("handler" text PRIMARY KEY);`;
