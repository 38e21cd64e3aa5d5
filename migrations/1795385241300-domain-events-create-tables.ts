import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The functions that keep versions and lanes. A note on their form: to a planner whose statistics are from an empty
 * queue, a partial index on what is unfinished looks like the fastest way to anything, and reading all of it takes
 * seconds when 1,000 deliveries wait. So a lane is looked up by a LATERAL subquery with LIMIT, which stays a lookup, and a
 * delivery by its id, with its state compared by IS NOT DISTINCT FROM, which no partial index is considered for.
 * They are the only code that locks `domain_event_aggregate`, always in
 * the order of its key and before any delivery row, so they cannot deadlock with each other. See the plugin's
 * README, "What happens at the commit".
 */
const FUNCTIONS = [
  // Runs once per transaction, at its commit: gives the transaction's events their versions and makes deliveries.
  // The first statement takes the locks; the second must be a statement of its own, because only then does it see
  // what a transaction that held them before has committed.
  `CREATE FUNCTION domain_event_commit() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF NOT EXISTS (SELECT FROM domain_event_intake WHERE "id" = NEW."id") THEN
       RETURN NULL; -- done with the first row of this transaction
     END IF;
     INSERT INTO domain_event_aggregate AS a ("aggregateType", "aggregateId", "version")
       SELECT i."aggregateType", i."aggregateId", count(*) FROM domain_event_intake i
        WHERE i."transactionId" = NEW."transactionId"
        GROUP BY 1, 2 ORDER BY 1, 2
       ON CONFLICT ("aggregateType", "aggregateId") DO UPDATE SET "version" = a."version" + excluded."version";
     WITH moved AS (
       DELETE FROM domain_event_intake WHERE "transactionId" = NEW."transactionId" RETURNING *
     ), stored AS (
       INSERT INTO domain_event ("eventId", "eventType", "aggregateType", "aggregateId", "version",
                                 "schemaVersion", "eventData", "timestamp", "channelId", "userId", "customerId")
       SELECT m."eventId", m."eventType", m."aggregateType", m."aggregateId",
              a."version" - count(*) OVER lane + row_number() OVER (lane ORDER BY m."id"),
              m."schemaVersion", m."eventData", m."timestamp", m."channelId", m."userId", m."customerId"
         FROM moved m JOIN domain_event_aggregate a USING ("aggregateType", "aggregateId")
       WINDOW lane AS (PARTITION BY m."aggregateType", m."aggregateId")
        ORDER BY m."id"
       RETURNING "id", "eventType", "aggregateType", "aggregateId"
     )
     INSERT INTO domain_event_delivery ("sequence", "handler", "eventType", "aggregateType", "aggregateId", "state")
     SELECT s."id", h."name", s."eventType", s."aggregateType", s."aggregateId",
            CASE WHEN row_number() OVER (PARTITION BY h."name", s."aggregateType", s."aggregateId"
                                         ORDER BY s."id") = 1
                  AND NOT EXISTS (
                    SELECT FROM domain_event_delivery d
                     WHERE d."handler" = h."name" AND d."aggregateType" = s."aggregateType"
                       AND d."aggregateId" = s."aggregateId"
                       AND d."state" IN ('waiting', 'ready', 'queued', 'running', 'dead')
                       AND (d."state" <> 'dead' OR h."strict"))
                 THEN 'ready' ELSE 'waiting' END
       FROM stored s
       JOIN domain_event_handler h ON s."eventType" = ANY (h."eventTypes") AND h."retiredAt" IS NULL
      ORDER BY s."id";
     RETURN NULL;
   END $$`,
  `CREATE CONSTRAINT TRIGGER domain_event_commit AFTER INSERT ON domain_event_intake
   DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION domain_event_commit()`,

  // Locks the aggregates of these deliveries, and those that this transaction has published about: the commit will
  // need them, and taking them later, out of order, could deadlock.
  `CREATE FUNCTION domain_event_lock(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM FROM domain_event_aggregate a
       WHERE (a."aggregateType", a."aggregateId") IN (
         SELECT d."aggregateType", d."aggregateId" FROM domain_event_delivery d WHERE d."id" = ANY (ids)
         UNION
         SELECT i."aggregateType", i."aggregateId" FROM domain_event_intake i
          WHERE i."transactionId" = (pg_current_xact_id_if_assigned()::text)::bigint)
       ORDER BY a."aggregateType", a."aggregateId"
       FOR UPDATE;
   END $$`,

  // Lets the first unfinished delivery of each of these deliveries' lanes run, unless another one of the lane does.
  // The caller holds the locks.
  `CREATE FUNCTION domain_event_promote(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
   DECLARE heads bigint[];
   BEGIN
     SELECT array_agg(head."id") INTO heads
       FROM (SELECT DISTINCT l."handler", l."aggregateType", l."aggregateId"
               FROM domain_event_delivery l WHERE l."id" = ANY (ids)) lane
       JOIN domain_event_handler h ON h."name" = lane."handler"
      CROSS JOIN LATERAL (
        SELECT n."id" FROM domain_event_delivery n
         WHERE n."handler" = lane."handler" AND n."aggregateType" = lane."aggregateType"
           AND n."aggregateId" = lane."aggregateId"
           AND n."state" IN ('waiting', 'ready', 'queued', 'running', 'dead')
           AND (n."state" <> 'dead' OR h."strict")
         ORDER BY n."sequence" LIMIT 1) head
       LEFT JOIN LATERAL (
        SELECT true AS "runs" FROM domain_event_delivery b
         WHERE b."handler" = lane."handler" AND b."aggregateType" = lane."aggregateType"
           AND b."aggregateId" = lane."aggregateId"
           AND b."state" IN ('waiting', 'ready', 'queued', 'running', 'dead')
           AND b."state" NOT IN ('waiting', 'dead')
         LIMIT 1) busy ON true
      WHERE busy."runs" IS NULL;
     UPDATE domain_event_delivery d SET "state" = 'ready', "availableAt" = clock_timestamp()
      WHERE d."id" = ANY (heads) AND d."state" IS NOT DISTINCT FROM 'waiting';
   END $$`,

  // Ends deliveries that this worker runs, as done or dead, and lets the next of their lanes run. Gives back those
  // that ended: the others belong to another worker by now, and the caller must roll back what it did for them.
  `CREATE FUNCTION domain_event_finish(ids bigint[], worker uuid, to_state text, failure text)
   RETURNS SETOF bigint LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM domain_event_lock(ids);
     RETURN QUERY
       UPDATE domain_event_delivery d
          SET "state" = to_state, "owner" = NULL, "lastError" = failure, "finishedAt" = clock_timestamp()
        WHERE d."id" = ANY (ids) AND d."state" IS NOT DISTINCT FROM 'running' AND d."owner" = worker
        RETURNING d."id";
     PERFORM domain_event_promote(ids);
   END $$`,

  // Takes over what dead workers ran, what a worker runs in the database only (not in \`running\`), and what the
  // platform's queue has lost. An attempt was counted when it began: the last one makes a dead letter. The worker's own
  // are taken after 5 s only: what a job began while this was on its way is not in \`running\` yet.
  `CREATE FUNCTION domain_event_take_over(worker uuid, running bigint[]) RETURNS integer LANGUAGE plpgsql AS $$
   DECLARE lost bigint[];
   BEGIN
     SELECT array_agg(d."id") INTO lost FROM domain_event_delivery d
      WHERE d."state" IN ('running', 'queued') AND (
        (d."state" = 'running' AND d."owner" <> worker AND NOT EXISTS (
           SELECT FROM domain_event_worker w WHERE w."id" = d."owner" AND w."aliveUntil" > now()))
        OR (d."state" = 'running' AND d."owner" = worker AND d."id" <> ALL (running)
            AND d."startedAt" < now() - interval '5 s')
        OR (d."state" = 'queued' AND d."availableAt" <= now()));
     IF lost IS NULL THEN RETURN 0; END IF;
     PERFORM domain_event_lock(lost);
     -- Checked again under the locks: two workers may have found the same.
     WITH taken AS (
       UPDATE domain_event_delivery d
          SET "state" = CASE WHEN d."state" = 'running' AND d."attempts" >= h."maxAttempts"
                             THEN 'dead' ELSE 'ready' END,
              "finishedAt" = CASE WHEN d."state" = 'running' AND d."attempts" >= h."maxAttempts"
                                  THEN clock_timestamp() END,
              "crashes" = d."crashes" + CASE WHEN d."state" = 'running' THEN 1 ELSE 0 END,
              "lastError" = CASE WHEN d."state" = 'running'
                                 THEN 'The worker ended while the handler ran.' ELSE d."lastError" END,
              "availableAt" = clock_timestamp(), "owner" = NULL
         FROM domain_event_handler h
        WHERE d."id" = ANY (lost) AND h."name" = d."handler"
          AND ((d."state" = 'running' AND d."owner" <> worker AND NOT EXISTS (
                  SELECT FROM domain_event_worker w WHERE w."id" = d."owner" AND w."aliveUntil" > now()))
               OR (d."state" = 'running' AND d."owner" = worker AND d."startedAt" < now() - interval '5 s')
               OR (d."state" = 'queued' AND d."availableAt" <= now()))
        RETURNING d."id"
     ) SELECT array_agg("id") INTO lost FROM taken;
     PERFORM domain_event_promote(lost);
     RETURN coalesce(cardinality(lost), 0);
   END $$`,
];

const FUNCTION_SIGNATURES = [
  'domain_event_take_over(uuid, bigint[])',
  'domain_event_finish(bigint[], uuid, text, text)',
  'domain_event_promote(bigint[])',
  'domain_event_lock(bigint[])',
  'domain_event_commit()',
];

export class DomainEventsCreateTables1795385241300 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "domain_event" ("id" BIGSERIAL NOT NULL, "eventId" uuid NOT NULL, "eventType" character varying(100) NOT NULL, "aggregateType" character varying(100) NOT NULL, "aggregateId" character varying(100) NOT NULL, "version" bigint NOT NULL, "schemaVersion" integer NOT NULL, "eventData" jsonb NOT NULL, "timestamp" TIMESTAMP WITH TIME ZONE NOT NULL, "channelId" character varying(100), "userId" character varying(100), "customerId" character varying(100), CONSTRAINT "PK_f901502d0301da69fb8cebbb8f2" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_customer" ON "domain_event" ("customerId") WHERE "customerId" IS NOT NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_timestamp" ON "domain_event" ("timestamp") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_type" ON "domain_event" ("eventType", "id") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "UQ_domain_event_version" ON "domain_event" ("aggregateType", "aggregateId", "version") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "UQ_domain_event_eventId" ON "domain_event" ("eventId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "domain_event_aggregate" ("aggregateType" character varying(100) NOT NULL, "aggregateId" character varying(100) NOT NULL, "version" bigint NOT NULL, CONSTRAINT "PK_b3b727de7c0e5cf7fabecba1ce6" PRIMARY KEY ("aggregateType", "aggregateId"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "domain_event_delivery" ("id" BIGSERIAL NOT NULL, "sequence" bigint NOT NULL, "handler" character varying(100) NOT NULL, "eventType" character varying(100) NOT NULL, "aggregateType" character varying(100) NOT NULL, "aggregateId" character varying(100) NOT NULL, "state" character varying(20) NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "crashes" integer NOT NULL DEFAULT '0', "dispatches" integer NOT NULL DEFAULT '0', "availableAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "owner" uuid, "lastError" text, "startedAt" TIMESTAMP WITH TIME ZONE, "finishedAt" TIMESTAMP WITH TIME ZONE, "changedBy" character varying(100), "changedAt" TIMESTAMP WITH TIME ZONE, "reason" text, CONSTRAINT "PK_68447ddb6591123c19dddfcceaa" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_delivery_dead" ON "domain_event_delivery" ("id") WHERE "state" = 'dead'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_delivery_lane" ON "domain_event_delivery" ("handler", "aggregateType", "aggregateId", "sequence") WHERE "state" IN ('waiting', 'ready', 'queued', 'running', 'dead')`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_delivery_busy" ON "domain_event_delivery" ("handler", "state") WHERE "state" IN ('running', 'queued')`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_delivery_suspect" ON "domain_event_delivery" ("availableAt") WHERE "state" = 'ready' AND "crashes" > 0`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_delivery_ready" ON "domain_event_delivery" ("handler", "availableAt", "id") WHERE "state" = 'ready' AND "crashes" = 0`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "UQ_domain_event_delivery" ON "domain_event_delivery" ("sequence", "handler") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "domain_event_handler" ("name" character varying(100) NOT NULL, "kind" character varying(20) NOT NULL, "eventTypes" character varying(100) array NOT NULL, "strict" boolean NOT NULL, "maxAttempts" integer NOT NULL, "registeredAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "seenAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "retiredAt" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_01e58d635c440011ea8058a78d1" PRIMARY KEY ("name"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "domain_event_intake" ("id" BIGSERIAL NOT NULL, "transactionId" bigint NOT NULL, "eventId" uuid NOT NULL, "eventType" character varying(100) NOT NULL, "aggregateType" character varying(100) NOT NULL, "aggregateId" character varying(100) NOT NULL, "schemaVersion" integer NOT NULL, "eventData" jsonb NOT NULL, "timestamp" TIMESTAMP WITH TIME ZONE NOT NULL, "channelId" character varying(100), "userId" character varying(100), "customerId" character varying(100), CONSTRAINT "PK_b395a7a860c93f096de7e65fa61" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_intake_transaction" ON "domain_event_intake" ("transactionId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "domain_event_worker" ("id" uuid NOT NULL, "host" character varying(255) NOT NULL, "pid" integer NOT NULL, "startedAt" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "aliveUntil" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_54afcb0437241fa6385099733dd" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_domain_event_worker_alive" ON "domain_event_worker" ("aliveUntil") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "domain_event_delivery" ADD CONSTRAINT "FK_36e0554af6dca1c578ccf2753bb" FOREIGN KEY ("sequence") REFERENCES "domain_event"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    for (const statement of FUNCTIONS) await queryRunner.query(statement);
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query('DROP TRIGGER domain_event_commit ON domain_event_intake');
    for (const signature of FUNCTION_SIGNATURES) await queryRunner.query(`DROP FUNCTION ${signature}`);
    await queryRunner.query(
      `ALTER TABLE "domain_event_delivery" DROP CONSTRAINT "FK_36e0554af6dca1c578ccf2753bb"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_worker_alive"`, undefined);
    await queryRunner.query(`DROP TABLE "domain_event_worker"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_intake_transaction"`, undefined);
    await queryRunner.query(`DROP TABLE "domain_event_intake"`, undefined);
    await queryRunner.query(`DROP TABLE "domain_event_handler"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."UQ_domain_event_delivery"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_delivery_ready"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_delivery_suspect"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_delivery_busy"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_delivery_lane"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_delivery_dead"`, undefined);
    await queryRunner.query(`DROP TABLE "domain_event_delivery"`, undefined);
    await queryRunner.query(`DROP TABLE "domain_event_aggregate"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."UQ_domain_event_eventId"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."UQ_domain_event_version"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_type"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_timestamp"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_domain_event_customer"`, undefined);
    await queryRunner.query(`DROP TABLE "domain_event"`, undefined);
  }
}
