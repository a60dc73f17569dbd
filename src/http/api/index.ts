import type { Context } from "../../context.ts";
import { alertRoutes } from "./alerts.ts";
import { articleRoutes } from "./articles.ts";
import { correctionRoutes } from "./corrections.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { digestRoutes } from "./digests.ts";
import { editorRoutes } from "./editors.ts";
import { type Api, newApi } from "./env.ts";
import { previewRoutes } from "./preview.ts";
import { progressRoutes } from "./progress.ts";
import { readerDigestRoutes } from "./reader-digests.ts";
import { reviewRoutes } from "./reviews.ts";
import { sourceRoutes } from "./sources.ts";
import { subscriberRoutes } from "./subscribers.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { unknownRoutes } from "./unknown.ts";

/** The API, mounted at `/api/v1`. Errors are thrown; the application's error handler answers them. */
export function createApi(ctx: Context): Api {
  const api = newApi();
  const parts = [
    subscriptionRoutes,
    articleRoutes,
    correctionRoutes,
    reviewRoutes,
    sourceRoutes,
    digestRoutes,
    previewRoutes,
    progressRoutes,
    deliveryRoutes,
    subscriberRoutes,
    readerDigestRoutes,
    editorRoutes,
    alertRoutes,
    unknownRoutes,
  ];
  for (const routes of parts) api.route("/", routes(ctx));
  return api;
}
