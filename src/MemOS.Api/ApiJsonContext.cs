using System.Text.Json.Serialization;

namespace MemOS.Api;

/// <summary>How the records of the native interface are written as JSON: snake_case, absent instead of null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AddDocumentRequest))]
[JsonSerializable(typeof(AddMessagesRequest))]
[JsonSerializable(typeof(AddMessagesResponse))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(BranchList))]
[JsonSerializable(typeof(BranchRecord))]
[JsonSerializable(typeof(ChangedResponse))]
[JsonSerializable(typeof(CreateCubeRequest))]
[JsonSerializable(typeof(CreateVaultRequest))]
[JsonSerializable(typeof(CubeDifference))]
[JsonSerializable(typeof(CubeIdsRequest))]
[JsonSerializable(typeof(CubeList))]
[JsonSerializable(typeof(CubePage))]
[JsonSerializable(typeof(CubeRecord))]
[JsonSerializable(typeof(ExportHeader))]
[JsonSerializable(typeof(ExportLine))]
[JsonSerializable(typeof(ForgetRequest))]
[JsonSerializable(typeof(ForgetResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(InjectionRecord))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(LineageRecord))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(MessageRecord))]
[JsonSerializable(typeof(OpenBranchRequest))]
[JsonSerializable(typeof(RecallRequest))]
[JsonSerializable(typeof(RecallResponse))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(RollbackVaultRequest))]
[JsonSerializable(typeof(SliceRequest))]
[JsonSerializable(typeof(TransitionRequest))]
[JsonSerializable(typeof(UpdateCubeRequest))]
[JsonSerializable(typeof(UsageRecord))]
[JsonSerializable(typeof(VaultDescription))]
[JsonSerializable(typeof(VaultPage))]
public sealed partial class ApiJsonContext : JsonSerializerContext;
