import { launch, listen, serve } from "./site.mjs";
const [,, out, schemes="light", widths="320,768,1440", ...pages] = process.argv;
const server = await serve("/"); const browser = await launch();
for (const scheme of schemes.split(",")) for (const w of widths.split(",").map(Number)) {
  const context = await browser.newContext({ viewport: { width: w, height: w<500?640:900 }, colorScheme: scheme });
  const { page, heard } = await listen(context, server.root);
  for (const p of pages) { await page.goto(server.root + p); await page.waitForLoadState("networkidle");
    const h = await page.evaluate(()=>document.documentElement.scrollHeight);
    await page.screenshot({ path: `${out}/${p.replaceAll("/","_")}-${scheme}-${w}.png`, clip:{x:0,y:0,width:w,height:Math.min(h,w<500?2600:w<1000?2000:1900)}, fullPage:true }); }
  if (heard.length) console.log(heard);
}
await browser.close(); server.close();
