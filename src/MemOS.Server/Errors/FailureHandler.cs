using Microsoft.AspNetCore.Diagnostics;

namespace MemOS.Server.Errors;

/// <summary>Answers every exception that a handler lets out. Only what the client cannot help is logged.</summary>
internal sealed class FailureHandler(FailureReader reader, ILogger<FailureHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        Failure failure = reader.Read(exception);
        if (failure.IsOfServer)
        {
            Endpoint? asked = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint; // by now the request has none
            string route = (asked as RouteEndpoint)?.RoutePattern.RawText ?? "";
            ServerLog.RequestFailed(logger, httpContext.Request.Method, route, failure.Code, exception);
        }

        httpContext.Response.StatusCode = failure.Status;
        await FailureWriter.WriteAsync(httpContext, failure);
        return true;
    }
}
