/* Search without marks: `soc trang` finds "Sóc Trăng", `diem so` and `điểm số` find "điểm số".

tools/site_hooks.py puts this before the theme's worker of the search. Words of the index lose
their marks in place of being stemmed, and so does what is typed; shown is what stands on the page. */
(() => {
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D")
  const folded = token => token.update(fold)
  addEventListener("message", ({ data: message }) => {
    if (typeof message.data === "string") {
      message.data = fold(message.data) // what is typed
    } else if (lunr.stemmer !== folded) {
      lunr.Pipeline.registerFunction(folded, "folded")
      lunr.stemmer = folded
    }
  })
})()
