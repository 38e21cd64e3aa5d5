import { MigrationInterface, QueryRunner } from 'typeorm';

export class PaymentsHoldWebhooks1795454601622 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(
      `ALTER TABLE "payment_webhook" ADD "heldUntil" TIMESTAMP WITH TIME ZONE`,
      undefined,
    );
    await queryRunner.query(
      `CREATE INDEX "IDX_25009b92314e5c79e5fc7c294a" ON "payment_webhook" ("heldUntil") WHERE "heldUntil" IS NOT NULL`,
      undefined,
    );
  }

  public async down(queryRunner: QueryRunner): Promise<any> {
    await queryRunner.query(`DROP INDEX "public"."IDX_25009b92314e5c79e5fc7c294a"`, undefined);
    await queryRunner.query(`ALTER TABLE "payment_webhook" DROP COLUMN "heldUntil"`, undefined);
  }
}
