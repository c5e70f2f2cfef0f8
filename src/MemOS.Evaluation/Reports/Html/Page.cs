using System.Net;
using System.Text;

namespace MemOS.Evaluation.Reports.Html;

/// <summary>A page that stands alone: no script, no style and no picture from elsewhere.</summary>
internal sealed class Page(string title)
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1d2733;--soft:#5d6b7a;--line:#d9dfe6;--bar:#3f7fbf;--back:#fff}
        @media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9aa8b6;--line:#36424f;--bar:#5b9bd9;--back:#151b22}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--back);max-width:58rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin-top:2rem}p{color:var(--soft);margin:.3rem 0}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.6rem 0;display:block;overflow-x:auto}
        th,td{padding:.2rem .7rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}th:first-child,td:first-child{text-align:left}
        svg{width:100%;max-width:46rem;font:12px system-ui,sans-serif}svg text{fill:var(--ink)}.tick{text-anchor:middle;fill:var(--soft)}.label{text-anchor:end}
        .grid{stroke:var(--line)}.bar{fill:var(--bar)}.whisker{stroke:var(--ink);stroke-width:1.5}
        """;

    private readonly StringBuilder _body = new($"<h1>{WebUtility.HtmlEncode(title)}</h1>");

    public void Paragraph(string text) => _body.Append("<p>").Append(WebUtility.HtmlEncode(text)).Append("</p>");

    public void Heading(string text) => _body.Append("<h2>").Append(WebUtility.HtmlEncode(text)).Append("</h2>");

    public void Chart(string heading, IReadOnlyList<Bar> bars)
    {
        Heading(heading);
        _body.Append(BarChart.Svg(heading, bars));
    }

    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        _body.Append("<table><thead>");
        Row("th", columns);
        _body.Append("</thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            Row("td", row);
        }

        _body.Append("</tbody></table>");
    }

    public override string ToString() =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{WebUtility.HtmlEncode(title)}</title><style>{Style}</style></head><body>{_body}</body></html>\n";

    private void Row(string cell, IReadOnlyList<string> values)
    {
        _body.Append("<tr>");
        foreach (string value in values)
        {
            _body.Append('<').Append(cell).Append('>').Append(WebUtility.HtmlEncode(value)).Append("</").Append(cell).Append('>');
        }

        _body.Append("</tr>");
    }
}
