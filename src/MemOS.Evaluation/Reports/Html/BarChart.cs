using System.Globalization;
using System.Net;
using System.Text;

namespace MemOS.Evaluation.Reports.Html;

/// <summary>Draws horizontal bars from 0 to 1 with whiskers for their intervals, as SVG.</summary>
internal static class BarChart
{
    private const int LabelWidth = 190;
    private const int PlotWidth = 460;
    private const int RowHeight = 24;
    private const int Top = 8;

    public static string Svg(string title, IReadOnlyList<Bar> bars)
    {
        int height = Top + (bars.Count * RowHeight) + 22;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {LabelWidth + PlotWidth + 60} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)}\">");
        for (int tick = 0; tick <= 10; tick += 2)
        {
            double x = X(tick / 10.0);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{Top}\" y2=\"{height - 20}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{x:F1}\" y=\"{height - 6}\">{tick / 10.0:F1}</text>");
        }

        for (int i = 0; i < bars.Count; i++)
        {
            Bar bar = bars[i];
            int y = Top + (i * RowHeight);
            int middle = y + (RowHeight / 2);
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{LabelWidth - 8}\" y=\"{middle + 4}\">{WebUtility.HtmlEncode(bar.Label)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar\" x=\"{LabelWidth}\" y=\"{y + 5}\" width=\"{bar.Value * PlotWidth:F1}\" height=\"{RowHeight - 10}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"whisker\" x1=\"{X(bar.Low):F1}\" x2=\"{X(bar.High):F1}\" y1=\"{middle}\" y2=\"{middle}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{X(Math.Max(bar.High, bar.Value)) + 6:F1}\" y=\"{middle + 4}\">{bar.Value:F3}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static double X(double value) => LabelWidth + (value * PlotWidth);
}
