import { MigrationInterface, QueryRunner } from 'typeorm';

export class InventoryAddPickLists1795428220506 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "pick_list" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "state" character varying NOT NULL DEFAULT 'open', "endedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "orderId" integer NOT NULL, "stockLocationId" integer NOT NULL, CONSTRAINT "PK_18769422674e32f9cdbf20c3598" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_ed5dfede7119522d97614f6301" ON "pick_list" ("orderId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_c47c90356a87cacc77d863c250" ON "pick_list" ("endedAt") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_d782a95ef9d713905168797352" ON "pick_list" ("stockLocationId") WHERE state = 'open'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_52289dd2da29f6b5505b2457c1" ON "pick_list" ("orderId", "stockLocationId") WHERE state = 'open'`,
      undefined,
    );
    await queryRunner.query(
      `CREATE TABLE "pick_list_line" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "quantity" integer NOT NULL, "closedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "pickListId" integer NOT NULL, "orderLineId" integer NOT NULL, "productVariantId" integer NOT NULL, CONSTRAINT "PK_d73ce8e57e117de32e27a29a8ad" PRIMARY KEY ("id"))`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_e7f3133e132acc0e45abcd718b" ON "pick_list_line" ("orderLineId") `,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_eb9945d11380f1ee69c029fdcc" ON "pick_list_line" ("productVariantId") WHERE "closedAt" IS NULL`,
      undefined,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "IDX_a7ea5547d92046fdd516f2faa0" ON "pick_list_line" ("pickListId", "orderLineId") `,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list" ADD CONSTRAINT "FK_ed5dfede7119522d97614f6301d" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list" ADD CONSTRAINT "FK_1b3de03d6e77684191f0871d95f" FOREIGN KEY ("stockLocationId") REFERENCES "stock_location"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list_line" ADD CONSTRAINT "FK_0652236fe1218a4a95ea618b685" FOREIGN KEY ("pickListId") REFERENCES "pick_list"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list_line" ADD CONSTRAINT "FK_e7f3133e132acc0e45abcd718ba" FOREIGN KEY ("orderLineId") REFERENCES "order_line"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list_line" ADD CONSTRAINT "FK_52d9056bdf07aa1fbde357bc131" FOREIGN KEY ("productVariantId") REFERENCES "product_variant"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "pick_list_line" DROP CONSTRAINT "FK_52d9056bdf07aa1fbde357bc131"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list_line" DROP CONSTRAINT "FK_e7f3133e132acc0e45abcd718ba"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list_line" DROP CONSTRAINT "FK_0652236fe1218a4a95ea618b685"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list" DROP CONSTRAINT "FK_1b3de03d6e77684191f0871d95f"`,
      undefined,
    );
    await queryRunner.query(
      `ALTER TABLE "pick_list" DROP CONSTRAINT "FK_ed5dfede7119522d97614f6301d"`,
      undefined,
    );
    await queryRunner.query(`DROP INDEX "public"."IDX_a7ea5547d92046fdd516f2faa0"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_eb9945d11380f1ee69c029fdcc"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_e7f3133e132acc0e45abcd718b"`, undefined);
    await queryRunner.query(`DROP TABLE "pick_list_line"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_52289dd2da29f6b5505b2457c1"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_d782a95ef9d713905168797352"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_c47c90356a87cacc77d863c250"`, undefined);
    await queryRunner.query(`DROP INDEX "public"."IDX_ed5dfede7119522d97614f6301"`, undefined);
    await queryRunner.query(`DROP TABLE "pick_list"`, undefined);
  }
}
