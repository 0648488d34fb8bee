"""Web pages as content systems make them, our own words in them: MAIN ones belong to the text, NOISE ones do not."""

from __future__ import annotations

MENU = "".join(f'<li><a href="/{n}">NOISE menu {n}</a></li>' for n in range(6))

MINISTRY = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>NOISE site | Rural schools</title>
<meta property="og:title" content="Rural schools programme"><meta name="dc.creator" content="Ministry of Learning">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"><style>.NOISE {{}}</style></head>
<body class="page has-sidebar"><a class="skip-link" href="#main">NOISE skip</a>
<div id="cookie-banner" role="dialog"><p>NOISE We use cookies. Please accept them all.</p></div>
<header class="site-header"><p>NOISE Government portal</p><nav><ul>{MENU}</ul></nav></header>
<nav class="breadcrumb"><ol>{MENU}</ol></nav>
<main id="main"><h1>MAIN Rural schools programme</h1>
<div class="share-links"><a href="#">NOISE share</a></div>
<p>MAIN The ministry will build <strong>forty schools</strong> in villages.<a href="#fn1"><sup>1</sup></a></p>
<h2>MAIN Measures</h2>
<ul><li>MAIN Pay a bonus to teachers;</li><li><p>MAIN Open boarding houses.</p><p>MAIN They are free.</p></li></ul>
<h3>MAIN Costs</h3>
<table><caption>MAIN Table of costs</caption>
<tr><th>MAIN Year</th><th>Sum</th></tr><tr><td>2025</td><td>4m</td></tr></table>
<ol start="3"><li>MAIN Third step</li><li>MAIN Fourth step</li></ol>
<aside class="related"><h3>NOISE Related pages</h3><ul>{MENU}</ul></aside>
<script>var NOISE = "<p>NOISE</p>";</script><template><p>NOISE template</p></template>
<p style="display:none">NOISE hidden</p></main>
<aside class="sidebar"><p>NOISE Subscribe to news by mail.</p></aside>
<footer><p>NOISE Contact us. All rights reserved.</p><ul>{MENU}</ul></footer></body></html>"""

BLOG = f"""<html><head><title>NOISE</title><script type="application/ld+json">{{"@context":"x","@graph":[{{"@type":
"WebSite","name":"NOISE"}},{{"@type":"NewsArticle","headline":"Buses for the valley","datePublished":"2023-11-02",
"author":[{{"name":"Ana Lima"}},{{"name":"Bo Chen"}}],"license":"https://example.org/by"}}]}}</script></head><body>
<div id="wrapper" class="nav-open"><div class="menu-container"><ul class="menu">{MENU}</ul></div>
<article class="post"><header class="entry-header">
<h1>MAIN Buses for the valley</h1></header><div class="entry-content">
<p>MAIN Few buses run after six, and many workers cannot reach the town.</p>
<blockquote><p>MAIN We need buses.</p></blockquote>
<p>MAIN The council should fund a night line.<br>MAIN It costs little.</p><h2>MAIN Next</h2>
<p>MAIN A vote follows in May, said the mayor of the town.</p></div></article>
<div id="comments"><h2>NOISE comments</h2><p>NOISE I like buses. They are good.</p></div>
<div class="widget sidebar"><ul>{MENU}</ul></div></div></body></html>"""

OLD = """<HTML><BODY bgcolor=white><TABLE width=100%>
<TR><TD width=20% valign=top><A HREF=a>NOISE a</A><BR><A HREF=b>NOISE
b</A><BR><A HREF=c>
NOISE c</A></TD><TD><H2>MAIN Water act</H2><FONT size=2>MAIN Each district must meter water.<BR><BR>
MAIN Leaks are mended within a week.<P>MAIN Fines are paid<BR>MAIN to the fund.<UL><LI>MAIN wells<LI>MAIN rivers</UL>
MAIN End of the act &amp; more.</FONT></TD></TR></TABLE></BODY>"""

PAGES = {"ministry": MINISTRY, "blog": BLOG, "old": OLD}
