using System.Text.Json;

namespace MemOS.Api;

/// <summary>Reads the Problem Details of a server back into the exception that they came from.</summary>
internal static class ServerFailure
{
    public static async Task<MemOSException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        (string? code, string? detail) = await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        return new MemOSException(
            code ?? (status is 401 ? ErrorCodes.Unauthorized : ErrorCodes.Unreachable),
            detail ?? $"The memory server answered with status {status}.")
        {
            IsTransient = response.Headers.RetryAfter is not null,
        };
    }

    private static async Task<(string? Code, string? Detail)> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return default; // a proxy in between, or another server
        }

        try
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            using JsonDocument problem = JsonDocument.Parse(body);
            return (Text(problem.RootElement, "code"), Text(problem.RootElement, "detail"));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
