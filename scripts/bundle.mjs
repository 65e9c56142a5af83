/** Everything in `vendor/`: each bundle is made where that of the installed version is not there. */
import "./bundle-umap.mjs";
import "./bundle-ort-web.mjs";
