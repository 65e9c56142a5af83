/** The native libjpeg-turbo that tests run on, and what to do where there is none. */
import { findTurbojpeg } from "../../../src/formats/image/turbojpeg/find.ts";

const found = findTurbojpeg({ environment: {} });

/** `TANAFUDA_TURBOJPEG_TEST` names one for tests alone. */
export const turbojpeg =
  process.env.TANAFUDA_TURBOJPEG_TEST ?? (found === "off" ? undefined : found?.path);
export const noTurbojpeg =
  "no native libjpeg-turbo here: apt install libturbojpeg0, or set TANAFUDA_TURBOJPEG_TEST to its libturbojpeg.so.0";
