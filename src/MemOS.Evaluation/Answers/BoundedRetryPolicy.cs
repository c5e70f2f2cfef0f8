using System.ClientModel.Primitives;

namespace MemOS.Evaluation.Answers;

/// <summary>
/// Asks again after HTTP status 408, 429, 500, 502, 503 and 504 and after failures of the connection; each pause is twice the one before, never longer than a
/// bound. A pause that the endpoint asks for (<c>Retry-After</c>) is kept within the same bound.
/// </summary>
/// <param name="retries">How often at most; 5 by default.</param>
/// <param name="first">The first pause; a second by default.</param>
/// <param name="longest">The longest pause; half a minute by default.</param>
public sealed class BoundedRetryPolicy(int retries = 5, TimeSpan? first = null, TimeSpan? longest = null) : ClientRetryPolicy(retries)
{
    private readonly TimeSpan _first = first ?? TimeSpan.FromSeconds(1);
    private readonly TimeSpan _longest = longest ?? TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override TimeSpan GetNextDelay(PipelineMessage message, int tryCount)
    {
        ArgumentNullException.ThrowIfNull(message);
        double wanted = _first.TotalMilliseconds * Math.Pow(2, Math.Max(0, tryCount - 1));
        if (message.Response?.Headers.TryGetValue("Retry-After", out string? after) == true
            && int.TryParse(after, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int seconds))
        {
            wanted = Math.Max(wanted, seconds * 1000.0);
        }

        return TimeSpan.FromMilliseconds(Math.Min(wanted, _longest.TotalMilliseconds));
    }
}
