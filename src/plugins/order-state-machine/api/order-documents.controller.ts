import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { Allow, ConfigService, Ctx, Permission, RequestContext, type ID } from '@vendure/core';
import type { Response } from 'express';
import { DOCUMENT_ROUTE } from '../documents/document-url';
import { OrderDocumentService } from '../services/documents/order-document.service';

/** What PostgreSQL takes for an id; anything else is no document. */
const ROW_ID = /^[1-9]\d{0,8}$/;

/** Shows a label or a packing list to staff. */
@Controller(DOCUMENT_ROUTE)
export class OrderDocumentsController {
  constructor(
    private readonly documents: OrderDocumentService,
    private readonly config: ConfigService,
  ) {}

  @Get(':id')
  @Allow(Permission.ReadOrder)
  async show(@Ctx() ctx: RequestContext, @Param('id') id: string, @Res() res: Response): Promise<void> {
    res.set('Cache-Control', 'no-store');
    const decoded = (this.config.entityOptions.entityIdStrategy?.decodeId(id) ?? id) as ID;
    const document = ROW_ID.test(String(decoded)) ? await this.documents.read(ctx, decoded) : undefined;
    if (document === undefined)
      throw new NotFoundException('ORDER_DOCUMENT_NOT_FOUND: There is no such document.');
    res
      .set({
        'Content-Type': document.contentType,
        'Content-Disposition': `inline; filename="${document.filename}"`,
        'X-Content-Type-Options': 'nosniff',
      })
      .send(document.bytes);
  }
}
