# One image for both processes: the server (the default command) and the worker (node dist/src/index-worker.js).
# The schema is brought up to date by: node dist/scripts/migrate.js

FROM node:20-bookworm-slim AS build
WORKDIR /app
# Before the sources: this layer is made again only when the dependencies change.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm run build:admin-ui -- --out dist/admin-ui

FROM node:20-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    VENDURE_DISABLE_TELEMETRY=true
WORKDIR /app
# The code belongs to root: the process can write to /data (the uploaded assets) and nowhere else. A named volume that
# is mounted there takes over the directory's owner.
RUN install -d -o node -g node /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/static ./static
COPY --from=build /app/dist ./dist
# The user node, by number: Kubernetes' runAsNonRoot cannot judge a name.
USER 1000:1000
VOLUME /data
EXPOSE 3000
# The image has no curl. A worker answers on WORKER_HEALTH_PORT instead: its service overrides this check.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/index.js"]
