import { MigrationInterface, QueryRunner } from 'typeorm';

export class InventoryAddHolds1795385148522 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `CREATE TABLE "stock_hold" ("createdAt" TIMESTAMP NOT NULL DEFAULT now(), "updatedAt" TIMESTAMP NOT NULL DEFAULT now(), "quantity" integer NOT NULL, "expiresAt" TIMESTAMP WITH TIME ZONE NOT NULL, "state" character varying NOT NULL DEFAULT 'active', "endedAt" TIMESTAMP WITH TIME ZONE, "id" SERIAL NOT NULL, "orderId" integer NOT NULL, "orderLineId" integer NOT NULL, "productVariantId" integer NOT NULL, "stockLocationId" integer NOT NULL, "channelId" integer NOT NULL, CONSTRAINT "PK_0f21a3fbe71fbb6a110e5195e68" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(`CREATE INDEX "IDX_f9e8249a164264d28d773ed596" ON "stock_hold" ("orderId") `);
    await queryRunner.query(`CREATE INDEX "IDX_d8363387f0b017d099d649fed4" ON "stock_hold" ("orderLineId") `);
    await queryRunner.query(`CREATE INDEX "IDX_2c887c2fd64ab6e3800cbff9a1" ON "stock_hold" ("endedAt") `);
    await queryRunner.query(
      `CREATE INDEX "IDX_c5084d92bfa56a196ff0f1af9c" ON "stock_hold" ("expiresAt") WHERE state = 'active'`,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_e354053435d0bca28439ee249f" ON "stock_hold" ("productVariantId", "stockLocationId") WHERE state = 'active'`,
    );
    await queryRunner.query(`ALTER TABLE "channel" ADD "customFieldsStockholdminutes" integer`);
    await queryRunner.query(
      `ALTER TABLE "stock_hold" ADD CONSTRAINT "FK_f9e8249a164264d28d773ed5969" FOREIGN KEY ("orderId") REFERENCES "order"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_hold" ADD CONSTRAINT "FK_d8363387f0b017d099d649fed40" FOREIGN KEY ("orderLineId") REFERENCES "order_line"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_hold" ADD CONSTRAINT "FK_1eeb286bd743ab61ba84b774efa" FOREIGN KEY ("productVariantId") REFERENCES "product_variant"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_hold" ADD CONSTRAINT "FK_500cbc8000389da7f9740ddf350" FOREIGN KEY ("stockLocationId") REFERENCES "stock_location"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await queryRunner.query(
      `ALTER TABLE "stock_hold" ADD CONSTRAINT "FK_7a37cd6f775c15185c5f5dfa4c8" FOREIGN KEY ("channelId") REFERENCES "channel"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`ALTER TABLE "stock_hold" DROP CONSTRAINT "FK_7a37cd6f775c15185c5f5dfa4c8"`);
    await queryRunner.query(`ALTER TABLE "stock_hold" DROP CONSTRAINT "FK_500cbc8000389da7f9740ddf350"`);
    await queryRunner.query(`ALTER TABLE "stock_hold" DROP CONSTRAINT "FK_1eeb286bd743ab61ba84b774efa"`);
    await queryRunner.query(`ALTER TABLE "stock_hold" DROP CONSTRAINT "FK_d8363387f0b017d099d649fed40"`);
    await queryRunner.query(`ALTER TABLE "stock_hold" DROP CONSTRAINT "FK_f9e8249a164264d28d773ed5969"`);
    await queryRunner.query(`ALTER TABLE "channel" DROP COLUMN "customFieldsStockholdminutes"`);
    await queryRunner.query(`DROP INDEX "public"."IDX_e354053435d0bca28439ee249f"`);
    await queryRunner.query(`DROP INDEX "public"."IDX_c5084d92bfa56a196ff0f1af9c"`);
    await queryRunner.query(`DROP INDEX "public"."IDX_2c887c2fd64ab6e3800cbff9a1"`);
    await queryRunner.query(`DROP INDEX "public"."IDX_d8363387f0b017d099d649fed4"`);
    await queryRunner.query(`DROP INDEX "public"."IDX_f9e8249a164264d28d773ed596"`);
    await queryRunner.query(`DROP TABLE "stock_hold"`);
  }
}
