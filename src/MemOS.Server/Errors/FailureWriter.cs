using System.Text.Json.Nodes;
using MemOS.Api.Product;
using MemOS.Server.Compat.OpenMem;
using MemOS.Server.Compat.Wire;
using Microsoft.AspNetCore.Mvc;

namespace MemOS.Server.Errors;

/// <summary>Writes failures: Problem Details, or under <c>/product</c>, <c>openmem/v1</c> and <c>/v1</c> the envelopes that their clients read.</summary>
internal static class FailureWriter
{
    // Beside /product, what clients of that wire expect at the root.
    private static readonly string[] OfProduct = ["/product", "/dream", "/download", "/admin"];

    /// <summary>Explains a status that was set without a body, for example for an unknown address.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        string detail = status switch
        {
            404 => "There is nothing at this address. The addresses are listed in /openapi/v1.json.",
            405 => "This address does not take this method.",
            413 => "The body is too large; send it in parts.",
            415 => "Send the body as JSON, with the header Content-Type: application/json.",
            _ => "The request was refused.",
        };
        return WriteAsync(context, new Failure(status, ErrorTable.CodeOf(status), detail));
    }

    public static Task WriteAsync(HttpContext context, Failure failure)
    {
        if (failure.IsTransient)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return OfProduct.Any(path => IsUnder(context, path)) ? WriteEnvelopeAsync(context, failure)
            : IsUnder(context, OpenMemRoutes.Prefix) ? WriteOpenMemAsync(context, failure)
            : IsUnder(context, "/v1") ? WriteOpenAIAsync(context, failure)
            : WriteProblemAsync(context, failure);
    }

    private static bool IsUnder(HttpContext context, string path) => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private static Task WriteOpenMemAsync(HttpContext context, Failure failure)
    {
        string path = context.Request.Path.Value?[OpenMemRoutes.Prefix.Length..] ?? "";
        (int code, int status) = OpenMemCodes.Of(failure, path, hasKey: context.Request.Headers.Authorization.Count > 0);
        context.Response.StatusCode = status;
        return new WireAnswer(new JsonObject { ["code"] = code, ["message"] = failure.Detail, ["data"] = null, ["error_code"] = failure.Code }).ExecuteAsync(context);
    }

    private static Task WriteOpenAIAsync(HttpContext context, Failure failure)
    {
        string type = failure.Status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        };
        JsonObject error = new() { ["message"] = failure.Detail, ["type"] = type, ["param"] = failure.Field is { Length: > 0 } field ? field : null, ["code"] = failure.Code };
        context.Response.StatusCode = failure.Status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(new JsonObject { ["error"] = error }.ToJsonString());
    }

    private static Task WriteProblemAsync(HttpContext context, Failure failure)
    {
        ProblemDetails problem = new()
        {
            Status = failure.Status,
            Type = $"urn:memos:error:{failure.Code}",
            Title = ErrorTable.TitleOf(failure.Code),
            Detail = failure.Detail,
            Extensions = { ["code"] = failure.Code },
        };
        if (failure.Field is { Length: > 0 })
        {
            problem.Extensions["field"] = failure.Field;
        }

        return TypedResults.Problem(problem).ExecuteAsync(context);
    }

    private static Task WriteEnvelopeAsync(HttpContext context, Failure failure)
    {
        // Clients of this wire know a body that was not understood by 422 and its list of faults.
        int status = failure.IsBodyFault ? StatusCodes.Status422UnprocessableEntity : failure.Status;
        string[] place = failure.Field is { Length: > 0 } field ? ["body", .. field.Split('.')] : ["body"];
        ProductFailure body = new()
        {
            Code = status,
            Message = failure.Detail,
            ErrorCode = failure.Code,
            Detail = status == StatusCodes.Status422UnprocessableEntity ? [new ProductFailureDetail { Loc = place, Msg = failure.Detail, Type = "value_error" }] : null,
        };
        return TypedResults.Json(body, ProductJsonContext.Default.ProductFailure, statusCode: status).ExecuteAsync(context);
    }
}
