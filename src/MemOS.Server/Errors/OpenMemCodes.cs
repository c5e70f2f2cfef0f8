namespace MemOS.Server.Errors;

/// <summary>The five-digit codes of <c>openmem/v1</c>, with the HTTP status that goes with them here: 2xx is success and nothing else is.</summary>
internal static class OpenMemCodes
{
    /// <summary>The code and the status of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="path">The path below the prefix.</param>
    /// <param name="hasKey">Whether the request showed a key.</param>
    public static (int Code, int Status) Of(Failure failure, string path, bool hasKey)
    {
        bool deletes = path.StartsWith("/delete/", StringComparison.OrdinalIgnoreCase);
        int code = failure switch
        {
            { IsMissing: true } => 40002,
            { IsBodyFault: true } => 40000,
            _ => failure.Code switch
            {
                ErrorCodes.Unauthorized => hasKey ? 40132 : 40100,
                ErrorCodes.Forbidden => deletes ? 40306 : 40310,
                ErrorCodes.CubeNotFound => deletes ? 40307 : 40001,
                "task_not_found" => 50131,
                "knowledgebase_not_found" => 50120,
                "unsupported_file" => 40007,
                "unsupported_media_type" => 40006,
                "body_too_large" => 40305,
                "rate_limited" => 40309,
                "no_model" or "not_offered" => 50002,
                ErrorCodes.ModelFailed or ErrorCodes.ModelAnswerInvalid or ErrorCodes.Unreachable => 50002,
                ErrorCodes.StorageFailed or ErrorCodes.DiskFull or "stopping" => 50004,
                _ => failure.Status switch
                {
                    404 => 40001,
                    >= 400 and < 500 => 40000,
                    _ => 50000,
                },
            },
        };
        return (code, failure.IsBodyFault ? StatusCodes.Status400BadRequest : failure.Status);
    }
}
