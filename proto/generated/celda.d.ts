import * as $protobuf from "protobufjs/minimal.js";
import Long from "long";

/** Namespace celda. */
export namespace celda {

    /** Namespace cell. */
    namespace cell {

        /** Namespace v1. */
        namespace v1 {

            /** AlarmState enum. */
            enum AlarmState {

                /** ALARM_STATE_UNSPECIFIED value */
                ALARM_STATE_UNSPECIFIED = 0,

                /** ALARM_STATE_UNACKNOWLEDGED value */
                ALARM_STATE_UNACKNOWLEDGED = 1,

                /** ALARM_STATE_ACKNOWLEDGED value */
                ALARM_STATE_ACKNOWLEDGED = 2,

                /** ALARM_STATE_RETURNED_UNACKNOWLEDGED value */
                ALARM_STATE_RETURNED_UNACKNOWLEDGED = 3,

                /** ALARM_STATE_LATCHED_UNACKNOWLEDGED value */
                ALARM_STATE_LATCHED_UNACKNOWLEDGED = 4,

                /** ALARM_STATE_LATCHED_ACKNOWLEDGED value */
                ALARM_STATE_LATCHED_ACKNOWLEDGED = 5,

                /** ALARM_STATE_SHELVED value */
                ALARM_STATE_SHELVED = 6,

                /** ALARM_STATE_SUPPRESSED_BY_DESIGN value */
                ALARM_STATE_SUPPRESSED_BY_DESIGN = 7
            }

            /** AlarmPriority enum. */
            enum AlarmPriority {

                /** ALARM_PRIORITY_UNSPECIFIED value */
                ALARM_PRIORITY_UNSPECIFIED = 0,

                /** ALARM_PRIORITY_URGENT value */
                ALARM_PRIORITY_URGENT = 1,

                /** ALARM_PRIORITY_HIGH value */
                ALARM_PRIORITY_HIGH = 2,

                /** ALARM_PRIORITY_MEDIUM value */
                ALARM_PRIORITY_MEDIUM = 3,

                /** ALARM_PRIORITY_LOW value */
                ALARM_PRIORITY_LOW = 4
            }

            /**
             * Properties of an Alarm.
             * @deprecated Use celda.cell.v1.Alarm.$Properties instead.
             */
            interface IAlarm extends celda.cell.v1.Alarm.$Properties {
            }

            /** Represents an Alarm. */
            class Alarm {

                /**
                 * Constructs a new Alarm.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.Alarm.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Alarm epoch. */
                epoch: string;

                /** Alarm alarmNumber. */
                alarmNumber: number;

                /** Alarm fault. */
                fault: celda.job.v1.FaultReason;

                /** Alarm state. */
                state: celda.cell.v1.AlarmState;

                /** Alarm priority. */
                priority: celda.cell.v1.AlarmPriority;

                /** Alarm stands. */
                stands: boolean;

                /** Alarm firstUp. */
                firstUp: boolean;

                /** Alarm shelvable. */
                shelvable: boolean;

                /** Alarm floodNumber. */
                floodNumber: number;

                /** Alarm raiseTime. */
                raiseTime: google.protobuf.Timestamp;

                /** Alarm returnTime. */
                returnTime: google.protobuf.Timestamp;

                /** Alarm acknowledgeTime. */
                acknowledgeTime: google.protobuf.Timestamp;

                /** Alarm acknowledgedBy. */
                acknowledgedBy: string;

                /** Alarm shelf. */
                shelf: celda.cell.v1.AlarmShelf;

                /**
                 * Encodes the specified Alarm message. Does not implicitly {@link celda.cell.v1.Alarm.verify|verify} messages.
                 * @param message Alarm message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.Alarm.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Alarm message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.Alarm & celda.cell.v1.Alarm.$Shape} Alarm
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.Alarm & celda.cell.v1.Alarm.$Shape;
            }

            namespace Alarm {

                /** Properties of an Alarm. */
                interface $Properties {

                    /** Alarm epoch */
                    epoch?: string;

                    /** Alarm alarmNumber */
                    alarmNumber?: number;

                    /** Alarm fault */
                    fault?: celda.job.v1.FaultReason.$Properties;

                    /** Alarm state */
                    state?: celda.cell.v1.AlarmState;

                    /** Alarm priority */
                    priority?: celda.cell.v1.AlarmPriority;

                    /** Alarm stands */
                    stands?: boolean;

                    /** Alarm firstUp */
                    firstUp?: boolean;

                    /** Alarm shelvable */
                    shelvable?: boolean;

                    /** Alarm floodNumber */
                    floodNumber?: number;

                    /** Alarm raiseTime */
                    raiseTime?: google.protobuf.Timestamp.$Properties;

                    /** Alarm returnTime */
                    returnTime?: google.protobuf.Timestamp.$Properties;

                    /** Alarm acknowledgeTime */
                    acknowledgeTime?: google.protobuf.Timestamp.$Properties;

                    /** Alarm acknowledgedBy */
                    acknowledgedBy?: string;

                    /** Alarm shelf */
                    shelf?: celda.cell.v1.AlarmShelf.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Alarm. */
                type $Shape = celda.cell.v1.Alarm.$Properties;
            }

            /**
             * Properties of an AlarmShelf.
             * @deprecated Use celda.cell.v1.AlarmShelf.$Properties instead.
             */
            interface IAlarmShelf extends celda.cell.v1.AlarmShelf.$Properties {
            }

            /** Represents an AlarmShelf. */
            class AlarmShelf {

                /**
                 * Constructs a new AlarmShelf.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.AlarmShelf.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlarmShelf owner. */
                owner: string;

                /** AlarmShelf reason. */
                reason: string;

                /** AlarmShelf expireTime. */
                expireTime: google.protobuf.Timestamp;

                /**
                 * Encodes the specified AlarmShelf message. Does not implicitly {@link celda.cell.v1.AlarmShelf.verify|verify} messages.
                 * @param message AlarmShelf message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.AlarmShelf.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlarmShelf message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.AlarmShelf & celda.cell.v1.AlarmShelf.$Shape} AlarmShelf
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.AlarmShelf & celda.cell.v1.AlarmShelf.$Shape;
            }

            namespace AlarmShelf {

                /** Properties of an AlarmShelf. */
                interface $Properties {

                    /** AlarmShelf owner */
                    owner?: string;

                    /** AlarmShelf reason */
                    reason?: string;

                    /** AlarmShelf expireTime */
                    expireTime?: google.protobuf.Timestamp.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlarmShelf. */
                type $Shape = celda.cell.v1.AlarmShelf.$Properties;
            }

            /**
             * Properties of an AlarmFlood.
             * @deprecated Use celda.cell.v1.AlarmFlood.$Properties instead.
             */
            interface IAlarmFlood extends celda.cell.v1.AlarmFlood.$Properties {
            }

            /** Represents an AlarmFlood. */
            class AlarmFlood {

                /**
                 * Constructs a new AlarmFlood.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.AlarmFlood.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlarmFlood floodNumber. */
                floodNumber: number;

                /** AlarmFlood startTime. */
                startTime: google.protobuf.Timestamp;

                /** AlarmFlood alarmCount. */
                alarmCount: number;

                /**
                 * Encodes the specified AlarmFlood message. Does not implicitly {@link celda.cell.v1.AlarmFlood.verify|verify} messages.
                 * @param message AlarmFlood message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.AlarmFlood.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlarmFlood message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.AlarmFlood & celda.cell.v1.AlarmFlood.$Shape} AlarmFlood
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.AlarmFlood & celda.cell.v1.AlarmFlood.$Shape;
            }

            namespace AlarmFlood {

                /** Properties of an AlarmFlood. */
                interface $Properties {

                    /** AlarmFlood floodNumber */
                    floodNumber?: number;

                    /** AlarmFlood startTime */
                    startTime?: google.protobuf.Timestamp.$Properties;

                    /** AlarmFlood alarmCount */
                    alarmCount?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlarmFlood. */
                type $Shape = celda.cell.v1.AlarmFlood.$Properties;
            }

            /**
             * Properties of a GetCellRequest.
             * @deprecated Use celda.cell.v1.GetCellRequest.$Properties instead.
             */
            interface IGetCellRequest extends celda.cell.v1.GetCellRequest.$Properties {
            }

            /** Represents a GetCellRequest. */
            class GetCellRequest {

                /**
                 * Constructs a new GetCellRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetCellRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetCellRequest message. Does not implicitly {@link celda.cell.v1.GetCellRequest.verify|verify} messages.
                 * @param message GetCellRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetCellRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetCellRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetCellRequest & celda.cell.v1.GetCellRequest.$Shape} GetCellRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetCellRequest & celda.cell.v1.GetCellRequest.$Shape;
            }

            namespace GetCellRequest {

                /** Properties of a GetCellRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetCellRequest. */
                type $Shape = celda.cell.v1.GetCellRequest.$Properties;
            }

            /**
             * Properties of a GetCellResponse.
             * @deprecated Use celda.cell.v1.GetCellResponse.$Properties instead.
             */
            interface IGetCellResponse extends celda.cell.v1.GetCellResponse.$Properties {
            }

            /** Represents a GetCellResponse. */
            class GetCellResponse {

                /**
                 * Constructs a new GetCellResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetCellResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetCellResponse cellName. */
                cellName: string;

                /** GetCellResponse description. */
                description: string;

                /** GetCellResponse configHash. */
                configHash: string;

                /** GetCellResponse packmlVersion. */
                packmlVersion: string;

                /** GetCellResponse limitsOfUse. */
                limitsOfUse: celda.job.v1.LocalizedText[];

                /** GetCellResponse jogJoints. */
                jogJoints: string[];

                /** GetCellResponse toolSpeedMaxMmPerS. */
                toolSpeedMaxMmPerS: number;

                /** GetCellResponse softwareVersion. */
                softwareVersion: string;

                /** GetCellResponse verification. */
                verification: celda.cell.v1.ProofState;

                /** GetCellResponse verificationRequired. */
                verificationRequired: boolean;

                /** GetCellResponse commissioning. */
                commissioning: celda.cell.v1.CommissioningState;

                /** GetCellResponse commissioningRequired. */
                commissioningRequired: boolean;

                /** GetCellResponse unitProfile. */
                unitProfile: celda.cell.v1.UnitProfile;

                /**
                 * Encodes the specified GetCellResponse message. Does not implicitly {@link celda.cell.v1.GetCellResponse.verify|verify} messages.
                 * @param message GetCellResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetCellResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetCellResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetCellResponse & celda.cell.v1.GetCellResponse.$Shape} GetCellResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetCellResponse & celda.cell.v1.GetCellResponse.$Shape;
            }

            namespace GetCellResponse {

                /** Properties of a GetCellResponse. */
                interface $Properties {

                    /** GetCellResponse cellName */
                    cellName?: string;

                    /** GetCellResponse description */
                    description?: string;

                    /** GetCellResponse configHash */
                    configHash?: string;

                    /** GetCellResponse packmlVersion */
                    packmlVersion?: string;

                    /** GetCellResponse limitsOfUse */
                    limitsOfUse?: celda.job.v1.LocalizedText.$Properties[];

                    /** GetCellResponse jogJoints */
                    jogJoints?: string[];

                    /** GetCellResponse toolSpeedMaxMmPerS */
                    toolSpeedMaxMmPerS?: number;

                    /** GetCellResponse softwareVersion */
                    softwareVersion?: string;

                    /** GetCellResponse verification */
                    verification?: celda.cell.v1.ProofState;

                    /** GetCellResponse verificationRequired */
                    verificationRequired?: boolean;

                    /** GetCellResponse commissioning */
                    commissioning?: celda.cell.v1.CommissioningState;

                    /** GetCellResponse commissioningRequired */
                    commissioningRequired?: boolean;

                    /** GetCellResponse unitProfile */
                    unitProfile?: celda.cell.v1.UnitProfile.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetCellResponse. */
                type $Shape = celda.cell.v1.GetCellResponse.$Properties;
            }

            /**
             * Properties of a GetCellStateRequest.
             * @deprecated Use celda.cell.v1.GetCellStateRequest.$Properties instead.
             */
            interface IGetCellStateRequest extends celda.cell.v1.GetCellStateRequest.$Properties {
            }

            /** Represents a GetCellStateRequest. */
            class GetCellStateRequest {

                /**
                 * Constructs a new GetCellStateRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetCellStateRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetCellStateRequest message. Does not implicitly {@link celda.cell.v1.GetCellStateRequest.verify|verify} messages.
                 * @param message GetCellStateRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetCellStateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetCellStateRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetCellStateRequest & celda.cell.v1.GetCellStateRequest.$Shape} GetCellStateRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetCellStateRequest & celda.cell.v1.GetCellStateRequest.$Shape;
            }

            namespace GetCellStateRequest {

                /** Properties of a GetCellStateRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetCellStateRequest. */
                type $Shape = celda.cell.v1.GetCellStateRequest.$Properties;
            }

            /**
             * Properties of a GetCellStateResponse.
             * @deprecated Use celda.cell.v1.GetCellStateResponse.$Properties instead.
             */
            interface IGetCellStateResponse extends celda.cell.v1.GetCellStateResponse.$Properties {
            }

            /** Represents a GetCellStateResponse. */
            class GetCellStateResponse {

                /**
                 * Constructs a new GetCellStateResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetCellStateResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetCellStateResponse state. */
                state: celda.cell.v1.CellState;

                /**
                 * Encodes the specified GetCellStateResponse message. Does not implicitly {@link celda.cell.v1.GetCellStateResponse.verify|verify} messages.
                 * @param message GetCellStateResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetCellStateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetCellStateResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetCellStateResponse & celda.cell.v1.GetCellStateResponse.$Shape} GetCellStateResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetCellStateResponse & celda.cell.v1.GetCellStateResponse.$Shape;
            }

            namespace GetCellStateResponse {

                /** Properties of a GetCellStateResponse. */
                interface $Properties {

                    /** GetCellStateResponse state */
                    state?: celda.cell.v1.CellState.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetCellStateResponse. */
                type $Shape = celda.cell.v1.GetCellStateResponse.$Properties;
            }

            /**
             * Properties of a WatchCellStateRequest.
             * @deprecated Use celda.cell.v1.WatchCellStateRequest.$Properties instead.
             */
            interface IWatchCellStateRequest extends celda.cell.v1.WatchCellStateRequest.$Properties {
            }

            /** Represents a WatchCellStateRequest. */
            class WatchCellStateRequest {

                /**
                 * Constructs a new WatchCellStateRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WatchCellStateRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchCellStateRequest intervalMsMin. */
                intervalMsMin: number;

                /**
                 * Encodes the specified WatchCellStateRequest message. Does not implicitly {@link celda.cell.v1.WatchCellStateRequest.verify|verify} messages.
                 * @param message WatchCellStateRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WatchCellStateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchCellStateRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WatchCellStateRequest & celda.cell.v1.WatchCellStateRequest.$Shape} WatchCellStateRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WatchCellStateRequest & celda.cell.v1.WatchCellStateRequest.$Shape;
            }

            namespace WatchCellStateRequest {

                /** Properties of a WatchCellStateRequest. */
                interface $Properties {

                    /** WatchCellStateRequest intervalMsMin */
                    intervalMsMin?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchCellStateRequest. */
                type $Shape = celda.cell.v1.WatchCellStateRequest.$Properties;
            }

            /**
             * Properties of a WatchCellStateResponse.
             * @deprecated Use celda.cell.v1.WatchCellStateResponse.$Properties instead.
             */
            interface IWatchCellStateResponse extends celda.cell.v1.WatchCellStateResponse.$Properties {
            }

            /** Represents a WatchCellStateResponse. */
            class WatchCellStateResponse {

                /**
                 * Constructs a new WatchCellStateResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WatchCellStateResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchCellStateResponse sequence. */
                sequence: Long;

                /** WatchCellStateResponse sendTime. */
                sendTime: google.protobuf.Timestamp;

                /** WatchCellStateResponse state. */
                state: celda.cell.v1.CellState;

                /**
                 * Encodes the specified WatchCellStateResponse message. Does not implicitly {@link celda.cell.v1.WatchCellStateResponse.verify|verify} messages.
                 * @param message WatchCellStateResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WatchCellStateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchCellStateResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WatchCellStateResponse & celda.cell.v1.WatchCellStateResponse.$Shape} WatchCellStateResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WatchCellStateResponse & celda.cell.v1.WatchCellStateResponse.$Shape;
            }

            namespace WatchCellStateResponse {

                /** Properties of a WatchCellStateResponse. */
                interface $Properties {

                    /** WatchCellStateResponse sequence */
                    sequence?: Long;

                    /** WatchCellStateResponse sendTime */
                    sendTime?: google.protobuf.Timestamp.$Properties;

                    /** WatchCellStateResponse state */
                    state?: celda.cell.v1.CellState.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchCellStateResponse. */
                type $Shape = celda.cell.v1.WatchCellStateResponse.$Properties;
            }

            /**
             * Properties of a ListAlarmsRequest.
             * @deprecated Use celda.cell.v1.ListAlarmsRequest.$Properties instead.
             */
            interface IListAlarmsRequest extends celda.cell.v1.ListAlarmsRequest.$Properties {
            }

            /** Represents a ListAlarmsRequest. */
            class ListAlarmsRequest {

                /**
                 * Constructs a new ListAlarmsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ListAlarmsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListAlarmsRequest states. */
                states: celda.cell.v1.AlarmState[];

                /**
                 * Encodes the specified ListAlarmsRequest message. Does not implicitly {@link celda.cell.v1.ListAlarmsRequest.verify|verify} messages.
                 * @param message ListAlarmsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ListAlarmsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListAlarmsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ListAlarmsRequest & celda.cell.v1.ListAlarmsRequest.$Shape} ListAlarmsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ListAlarmsRequest & celda.cell.v1.ListAlarmsRequest.$Shape;
            }

            namespace ListAlarmsRequest {

                /** Properties of a ListAlarmsRequest. */
                interface $Properties {

                    /** ListAlarmsRequest states */
                    states?: celda.cell.v1.AlarmState[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListAlarmsRequest. */
                type $Shape = celda.cell.v1.ListAlarmsRequest.$Properties;
            }

            /**
             * Properties of a ListAlarmsResponse.
             * @deprecated Use celda.cell.v1.ListAlarmsResponse.$Properties instead.
             */
            interface IListAlarmsResponse extends celda.cell.v1.ListAlarmsResponse.$Properties {
            }

            /** Represents a ListAlarmsResponse. */
            class ListAlarmsResponse {

                /**
                 * Constructs a new ListAlarmsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ListAlarmsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListAlarmsResponse alarms. */
                alarms: celda.cell.v1.Alarm[];

                /** ListAlarmsResponse flood. */
                flood: celda.cell.v1.AlarmFlood;

                /**
                 * Encodes the specified ListAlarmsResponse message. Does not implicitly {@link celda.cell.v1.ListAlarmsResponse.verify|verify} messages.
                 * @param message ListAlarmsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ListAlarmsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListAlarmsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ListAlarmsResponse & celda.cell.v1.ListAlarmsResponse.$Shape} ListAlarmsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ListAlarmsResponse & celda.cell.v1.ListAlarmsResponse.$Shape;
            }

            namespace ListAlarmsResponse {

                /** Properties of a ListAlarmsResponse. */
                interface $Properties {

                    /** ListAlarmsResponse alarms */
                    alarms?: celda.cell.v1.Alarm.$Properties[];

                    /** ListAlarmsResponse flood */
                    flood?: celda.cell.v1.AlarmFlood.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListAlarmsResponse. */
                type $Shape = celda.cell.v1.ListAlarmsResponse.$Properties;
            }

            /**
             * Properties of a WatchAlarmsRequest.
             * @deprecated Use celda.cell.v1.WatchAlarmsRequest.$Properties instead.
             */
            interface IWatchAlarmsRequest extends celda.cell.v1.WatchAlarmsRequest.$Properties {
            }

            /** Represents a WatchAlarmsRequest. */
            class WatchAlarmsRequest {

                /**
                 * Constructs a new WatchAlarmsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WatchAlarmsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchAlarmsRequest includeInitialState. */
                includeInitialState: boolean;

                /**
                 * Encodes the specified WatchAlarmsRequest message. Does not implicitly {@link celda.cell.v1.WatchAlarmsRequest.verify|verify} messages.
                 * @param message WatchAlarmsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WatchAlarmsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchAlarmsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WatchAlarmsRequest & celda.cell.v1.WatchAlarmsRequest.$Shape} WatchAlarmsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WatchAlarmsRequest & celda.cell.v1.WatchAlarmsRequest.$Shape;
            }

            namespace WatchAlarmsRequest {

                /** Properties of a WatchAlarmsRequest. */
                interface $Properties {

                    /** WatchAlarmsRequest includeInitialState */
                    includeInitialState?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchAlarmsRequest. */
                type $Shape = celda.cell.v1.WatchAlarmsRequest.$Properties;
            }

            /**
             * Properties of a WatchAlarmsResponse.
             * @deprecated Use celda.cell.v1.WatchAlarmsResponse.$Properties instead.
             */
            interface IWatchAlarmsResponse extends celda.cell.v1.WatchAlarmsResponse.$Properties {
            }

            /** Represents a WatchAlarmsResponse. */
            class WatchAlarmsResponse {

                /**
                 * Constructs a new WatchAlarmsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WatchAlarmsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchAlarmsResponse sequence. */
                sequence: Long;

                /** WatchAlarmsResponse sendTime. */
                sendTime: google.protobuf.Timestamp;

                /** WatchAlarmsResponse initialState. */
                initialState: (celda.cell.v1.Alarm|null);

                /** WatchAlarmsResponse synced. */
                synced: (celda.cell.v1.AlarmsSynced|null);

                /** WatchAlarmsResponse alarmChange. */
                alarmChange: (celda.cell.v1.Alarm|null);

                /** WatchAlarmsResponse alarmEnd. */
                alarmEnd: (celda.cell.v1.Alarm|null);

                /** WatchAlarmsResponse heartbeat. */
                heartbeat: (celda.cell.v1.AlarmsHeartbeat|null);

                /** WatchAlarmsResponse event. */
                event?: ("initialState"|"synced"|"alarmChange"|"alarmEnd"|"heartbeat");

                /**
                 * Encodes the specified WatchAlarmsResponse message. Does not implicitly {@link celda.cell.v1.WatchAlarmsResponse.verify|verify} messages.
                 * @param message WatchAlarmsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WatchAlarmsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchAlarmsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WatchAlarmsResponse & celda.cell.v1.WatchAlarmsResponse.$Shape} WatchAlarmsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WatchAlarmsResponse & celda.cell.v1.WatchAlarmsResponse.$Shape;
            }

            namespace WatchAlarmsResponse {

                /** Properties of a WatchAlarmsResponse. */
                interface $Properties {

                    /** WatchAlarmsResponse sequence */
                    sequence?: Long;

                    /** WatchAlarmsResponse sendTime */
                    sendTime?: google.protobuf.Timestamp.$Properties;

                    /** WatchAlarmsResponse initialState */
                    initialState?: (celda.cell.v1.Alarm.$Properties|null);

                    /** WatchAlarmsResponse synced */
                    synced?: (celda.cell.v1.AlarmsSynced.$Properties|null);

                    /** WatchAlarmsResponse alarmChange */
                    alarmChange?: (celda.cell.v1.Alarm.$Properties|null);

                    /** WatchAlarmsResponse alarmEnd */
                    alarmEnd?: (celda.cell.v1.Alarm.$Properties|null);

                    /** WatchAlarmsResponse heartbeat */
                    heartbeat?: (celda.cell.v1.AlarmsHeartbeat.$Properties|null);

                    /** WatchAlarmsResponse event */
                    event?: ("initialState"|"synced"|"alarmChange"|"alarmEnd"|"heartbeat");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a WatchAlarmsResponse. */
                type $Shape = {
                  sequence?: Long;
                  sendTime?: google.protobuf.Timestamp.$Shape;
                  initialState?: celda.cell.v1.Alarm.$Shape|null;
                  synced?: celda.cell.v1.AlarmsSynced.$Shape|null;
                  alarmChange?: celda.cell.v1.Alarm.$Shape|null;
                  alarmEnd?: celda.cell.v1.Alarm.$Shape|null;
                  heartbeat?: celda.cell.v1.AlarmsHeartbeat.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ event?: undefined; initialState?: null; synced?: null; alarmChange?: null; alarmEnd?: null; heartbeat?: null }|{ event?: "initialState"; initialState: celda.cell.v1.Alarm.$Shape; synced?: null; alarmChange?: null; alarmEnd?: null; heartbeat?: null }|{ event?: "synced"; initialState?: null; synced: celda.cell.v1.AlarmsSynced.$Shape; alarmChange?: null; alarmEnd?: null; heartbeat?: null }|{ event?: "alarmChange"; initialState?: null; synced?: null; alarmChange: celda.cell.v1.Alarm.$Shape; alarmEnd?: null; heartbeat?: null }|{ event?: "alarmEnd"; initialState?: null; synced?: null; alarmChange?: null; alarmEnd: celda.cell.v1.Alarm.$Shape; heartbeat?: null }|{ event?: "heartbeat"; initialState?: null; synced?: null; alarmChange?: null; alarmEnd?: null; heartbeat: celda.cell.v1.AlarmsHeartbeat.$Shape })
                );
            }

            /**
             * Properties of an AlarmsSynced.
             * @deprecated Use celda.cell.v1.AlarmsSynced.$Properties instead.
             */
            interface IAlarmsSynced extends celda.cell.v1.AlarmsSynced.$Properties {
            }

            /** Represents an AlarmsSynced. */
            class AlarmsSynced {

                /**
                 * Constructs a new AlarmsSynced.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.AlarmsSynced.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified AlarmsSynced message. Does not implicitly {@link celda.cell.v1.AlarmsSynced.verify|verify} messages.
                 * @param message AlarmsSynced message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.AlarmsSynced.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlarmsSynced message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.AlarmsSynced & celda.cell.v1.AlarmsSynced.$Shape} AlarmsSynced
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.AlarmsSynced & celda.cell.v1.AlarmsSynced.$Shape;
            }

            namespace AlarmsSynced {

                /** Properties of an AlarmsSynced. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlarmsSynced. */
                type $Shape = celda.cell.v1.AlarmsSynced.$Properties;
            }

            /**
             * Properties of an AlarmsHeartbeat.
             * @deprecated Use celda.cell.v1.AlarmsHeartbeat.$Properties instead.
             */
            interface IAlarmsHeartbeat extends celda.cell.v1.AlarmsHeartbeat.$Properties {
            }

            /** Represents an AlarmsHeartbeat. */
            class AlarmsHeartbeat {

                /**
                 * Constructs a new AlarmsHeartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.AlarmsHeartbeat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AlarmsHeartbeat controlConnected. */
                controlConnected: boolean;

                /**
                 * Encodes the specified AlarmsHeartbeat message. Does not implicitly {@link celda.cell.v1.AlarmsHeartbeat.verify|verify} messages.
                 * @param message AlarmsHeartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.AlarmsHeartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AlarmsHeartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.AlarmsHeartbeat & celda.cell.v1.AlarmsHeartbeat.$Shape} AlarmsHeartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.AlarmsHeartbeat & celda.cell.v1.AlarmsHeartbeat.$Shape;
            }

            namespace AlarmsHeartbeat {

                /** Properties of an AlarmsHeartbeat. */
                interface $Properties {

                    /** AlarmsHeartbeat controlConnected */
                    controlConnected?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AlarmsHeartbeat. */
                type $Shape = celda.cell.v1.AlarmsHeartbeat.$Properties;
            }

            /**
             * Properties of an AcknowledgeAlarmRequest.
             * @deprecated Use celda.cell.v1.AcknowledgeAlarmRequest.$Properties instead.
             */
            interface IAcknowledgeAlarmRequest extends celda.cell.v1.AcknowledgeAlarmRequest.$Properties {
            }

            /** Represents an AcknowledgeAlarmRequest. */
            class AcknowledgeAlarmRequest {

                /**
                 * Constructs a new AcknowledgeAlarmRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.AcknowledgeAlarmRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcknowledgeAlarmRequest requestId. */
                requestId: string;

                /** AcknowledgeAlarmRequest epoch. */
                epoch: string;

                /** AcknowledgeAlarmRequest alarmNumber. */
                alarmNumber: number;

                /** AcknowledgeAlarmRequest owner. */
                owner: string;

                /**
                 * Encodes the specified AcknowledgeAlarmRequest message. Does not implicitly {@link celda.cell.v1.AcknowledgeAlarmRequest.verify|verify} messages.
                 * @param message AcknowledgeAlarmRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.AcknowledgeAlarmRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcknowledgeAlarmRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.AcknowledgeAlarmRequest & celda.cell.v1.AcknowledgeAlarmRequest.$Shape} AcknowledgeAlarmRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.AcknowledgeAlarmRequest & celda.cell.v1.AcknowledgeAlarmRequest.$Shape;
            }

            namespace AcknowledgeAlarmRequest {

                /** Properties of an AcknowledgeAlarmRequest. */
                interface $Properties {

                    /** AcknowledgeAlarmRequest requestId */
                    requestId?: string;

                    /** AcknowledgeAlarmRequest epoch */
                    epoch?: string;

                    /** AcknowledgeAlarmRequest alarmNumber */
                    alarmNumber?: number;

                    /** AcknowledgeAlarmRequest owner */
                    owner?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcknowledgeAlarmRequest. */
                type $Shape = celda.cell.v1.AcknowledgeAlarmRequest.$Properties;
            }

            /**
             * Properties of an AcknowledgeAlarmResponse.
             * @deprecated Use celda.cell.v1.AcknowledgeAlarmResponse.$Properties instead.
             */
            interface IAcknowledgeAlarmResponse extends celda.cell.v1.AcknowledgeAlarmResponse.$Properties {
            }

            /** Represents an AcknowledgeAlarmResponse. */
            class AcknowledgeAlarmResponse {

                /**
                 * Constructs a new AcknowledgeAlarmResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.AcknowledgeAlarmResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcknowledgeAlarmResponse alarm. */
                alarm: celda.cell.v1.Alarm;

                /** AcknowledgeAlarmResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified AcknowledgeAlarmResponse message. Does not implicitly {@link celda.cell.v1.AcknowledgeAlarmResponse.verify|verify} messages.
                 * @param message AcknowledgeAlarmResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.AcknowledgeAlarmResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcknowledgeAlarmResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.AcknowledgeAlarmResponse & celda.cell.v1.AcknowledgeAlarmResponse.$Shape} AcknowledgeAlarmResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.AcknowledgeAlarmResponse & celda.cell.v1.AcknowledgeAlarmResponse.$Shape;
            }

            namespace AcknowledgeAlarmResponse {

                /** Properties of an AcknowledgeAlarmResponse. */
                interface $Properties {

                    /** AcknowledgeAlarmResponse alarm */
                    alarm?: celda.cell.v1.Alarm.$Properties;

                    /** AcknowledgeAlarmResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcknowledgeAlarmResponse. */
                type $Shape = celda.cell.v1.AcknowledgeAlarmResponse.$Properties;
            }

            /**
             * Properties of a ShelveAlarmRequest.
             * @deprecated Use celda.cell.v1.ShelveAlarmRequest.$Properties instead.
             */
            interface IShelveAlarmRequest extends celda.cell.v1.ShelveAlarmRequest.$Properties {
            }

            /** Represents a ShelveAlarmRequest. */
            class ShelveAlarmRequest {

                /**
                 * Constructs a new ShelveAlarmRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ShelveAlarmRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ShelveAlarmRequest requestId. */
                requestId: string;

                /** ShelveAlarmRequest epoch. */
                epoch: string;

                /** ShelveAlarmRequest alarmNumber. */
                alarmNumber: number;

                /** ShelveAlarmRequest owner. */
                owner: string;

                /** ShelveAlarmRequest reason. */
                reason: string;

                /** ShelveAlarmRequest shelveSeconds. */
                shelveSeconds: number;

                /**
                 * Encodes the specified ShelveAlarmRequest message. Does not implicitly {@link celda.cell.v1.ShelveAlarmRequest.verify|verify} messages.
                 * @param message ShelveAlarmRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ShelveAlarmRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ShelveAlarmRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ShelveAlarmRequest & celda.cell.v1.ShelveAlarmRequest.$Shape} ShelveAlarmRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ShelveAlarmRequest & celda.cell.v1.ShelveAlarmRequest.$Shape;
            }

            namespace ShelveAlarmRequest {

                /** Properties of a ShelveAlarmRequest. */
                interface $Properties {

                    /** ShelveAlarmRequest requestId */
                    requestId?: string;

                    /** ShelveAlarmRequest epoch */
                    epoch?: string;

                    /** ShelveAlarmRequest alarmNumber */
                    alarmNumber?: number;

                    /** ShelveAlarmRequest owner */
                    owner?: string;

                    /** ShelveAlarmRequest reason */
                    reason?: string;

                    /** ShelveAlarmRequest shelveSeconds */
                    shelveSeconds?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ShelveAlarmRequest. */
                type $Shape = celda.cell.v1.ShelveAlarmRequest.$Properties;
            }

            /**
             * Properties of a ShelveAlarmResponse.
             * @deprecated Use celda.cell.v1.ShelveAlarmResponse.$Properties instead.
             */
            interface IShelveAlarmResponse extends celda.cell.v1.ShelveAlarmResponse.$Properties {
            }

            /** Represents a ShelveAlarmResponse. */
            class ShelveAlarmResponse {

                /**
                 * Constructs a new ShelveAlarmResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ShelveAlarmResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ShelveAlarmResponse alarm. */
                alarm: celda.cell.v1.Alarm;

                /** ShelveAlarmResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified ShelveAlarmResponse message. Does not implicitly {@link celda.cell.v1.ShelveAlarmResponse.verify|verify} messages.
                 * @param message ShelveAlarmResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ShelveAlarmResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ShelveAlarmResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ShelveAlarmResponse & celda.cell.v1.ShelveAlarmResponse.$Shape} ShelveAlarmResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ShelveAlarmResponse & celda.cell.v1.ShelveAlarmResponse.$Shape;
            }

            namespace ShelveAlarmResponse {

                /** Properties of a ShelveAlarmResponse. */
                interface $Properties {

                    /** ShelveAlarmResponse alarm */
                    alarm?: celda.cell.v1.Alarm.$Properties;

                    /** ShelveAlarmResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ShelveAlarmResponse. */
                type $Shape = celda.cell.v1.ShelveAlarmResponse.$Properties;
            }

            /**
             * Properties of an UnshelveAlarmRequest.
             * @deprecated Use celda.cell.v1.UnshelveAlarmRequest.$Properties instead.
             */
            interface IUnshelveAlarmRequest extends celda.cell.v1.UnshelveAlarmRequest.$Properties {
            }

            /** Represents an UnshelveAlarmRequest. */
            class UnshelveAlarmRequest {

                /**
                 * Constructs a new UnshelveAlarmRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.UnshelveAlarmRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UnshelveAlarmRequest requestId. */
                requestId: string;

                /** UnshelveAlarmRequest epoch. */
                epoch: string;

                /** UnshelveAlarmRequest alarmNumber. */
                alarmNumber: number;

                /** UnshelveAlarmRequest owner. */
                owner: string;

                /**
                 * Encodes the specified UnshelveAlarmRequest message. Does not implicitly {@link celda.cell.v1.UnshelveAlarmRequest.verify|verify} messages.
                 * @param message UnshelveAlarmRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.UnshelveAlarmRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnshelveAlarmRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.UnshelveAlarmRequest & celda.cell.v1.UnshelveAlarmRequest.$Shape} UnshelveAlarmRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.UnshelveAlarmRequest & celda.cell.v1.UnshelveAlarmRequest.$Shape;
            }

            namespace UnshelveAlarmRequest {

                /** Properties of an UnshelveAlarmRequest. */
                interface $Properties {

                    /** UnshelveAlarmRequest requestId */
                    requestId?: string;

                    /** UnshelveAlarmRequest epoch */
                    epoch?: string;

                    /** UnshelveAlarmRequest alarmNumber */
                    alarmNumber?: number;

                    /** UnshelveAlarmRequest owner */
                    owner?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UnshelveAlarmRequest. */
                type $Shape = celda.cell.v1.UnshelveAlarmRequest.$Properties;
            }

            /**
             * Properties of an UnshelveAlarmResponse.
             * @deprecated Use celda.cell.v1.UnshelveAlarmResponse.$Properties instead.
             */
            interface IUnshelveAlarmResponse extends celda.cell.v1.UnshelveAlarmResponse.$Properties {
            }

            /** Represents an UnshelveAlarmResponse. */
            class UnshelveAlarmResponse {

                /**
                 * Constructs a new UnshelveAlarmResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.UnshelveAlarmResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UnshelveAlarmResponse alarm. */
                alarm: celda.cell.v1.Alarm;

                /** UnshelveAlarmResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified UnshelveAlarmResponse message. Does not implicitly {@link celda.cell.v1.UnshelveAlarmResponse.verify|verify} messages.
                 * @param message UnshelveAlarmResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.UnshelveAlarmResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UnshelveAlarmResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.UnshelveAlarmResponse & celda.cell.v1.UnshelveAlarmResponse.$Shape} UnshelveAlarmResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.UnshelveAlarmResponse & celda.cell.v1.UnshelveAlarmResponse.$Shape;
            }

            namespace UnshelveAlarmResponse {

                /** Properties of an UnshelveAlarmResponse. */
                interface $Properties {

                    /** UnshelveAlarmResponse alarm */
                    alarm?: celda.cell.v1.Alarm.$Properties;

                    /** UnshelveAlarmResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UnshelveAlarmResponse. */
                type $Shape = celda.cell.v1.UnshelveAlarmResponse.$Properties;
            }

            /**
             * Properties of a GetStopRequest.
             * @deprecated Use celda.cell.v1.GetStopRequest.$Properties instead.
             */
            interface IGetStopRequest extends celda.cell.v1.GetStopRequest.$Properties {
            }

            /** Represents a GetStopRequest. */
            class GetStopRequest {

                /**
                 * Constructs a new GetStopRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetStopRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetStopRequest epoch. */
                epoch: string;

                /** GetStopRequest stopNumber. */
                stopNumber: number;

                /**
                 * Encodes the specified GetStopRequest message. Does not implicitly {@link celda.cell.v1.GetStopRequest.verify|verify} messages.
                 * @param message GetStopRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetStopRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetStopRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetStopRequest & celda.cell.v1.GetStopRequest.$Shape} GetStopRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetStopRequest & celda.cell.v1.GetStopRequest.$Shape;
            }

            namespace GetStopRequest {

                /** Properties of a GetStopRequest. */
                interface $Properties {

                    /** GetStopRequest epoch */
                    epoch?: string;

                    /** GetStopRequest stopNumber */
                    stopNumber?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetStopRequest. */
                type $Shape = celda.cell.v1.GetStopRequest.$Properties;
            }

            /**
             * Properties of a GetStopResponse.
             * @deprecated Use celda.cell.v1.GetStopResponse.$Properties instead.
             */
            interface IGetStopResponse extends celda.cell.v1.GetStopResponse.$Properties {
            }

            /** Represents a GetStopResponse. */
            class GetStopResponse {

                /**
                 * Constructs a new GetStopResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetStopResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetStopResponse stop. */
                stop: celda.cell.v1.Stop;

                /**
                 * Encodes the specified GetStopResponse message. Does not implicitly {@link celda.cell.v1.GetStopResponse.verify|verify} messages.
                 * @param message GetStopResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetStopResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetStopResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetStopResponse & celda.cell.v1.GetStopResponse.$Shape} GetStopResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetStopResponse & celda.cell.v1.GetStopResponse.$Shape;
            }

            namespace GetStopResponse {

                /** Properties of a GetStopResponse. */
                interface $Properties {

                    /** GetStopResponse stop */
                    stop?: celda.cell.v1.Stop.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetStopResponse. */
                type $Shape = celda.cell.v1.GetStopResponse.$Properties;
            }

            /**
             * Properties of a ListStopsRequest.
             * @deprecated Use celda.cell.v1.ListStopsRequest.$Properties instead.
             */
            interface IListStopsRequest extends celda.cell.v1.ListStopsRequest.$Properties {
            }

            /** Represents a ListStopsRequest. */
            class ListStopsRequest {

                /**
                 * Constructs a new ListStopsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ListStopsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListStopsRequest pageSize. */
                pageSize: number;

                /**
                 * Encodes the specified ListStopsRequest message. Does not implicitly {@link celda.cell.v1.ListStopsRequest.verify|verify} messages.
                 * @param message ListStopsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ListStopsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListStopsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ListStopsRequest & celda.cell.v1.ListStopsRequest.$Shape} ListStopsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ListStopsRequest & celda.cell.v1.ListStopsRequest.$Shape;
            }

            namespace ListStopsRequest {

                /** Properties of a ListStopsRequest. */
                interface $Properties {

                    /** ListStopsRequest pageSize */
                    pageSize?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListStopsRequest. */
                type $Shape = celda.cell.v1.ListStopsRequest.$Properties;
            }

            /**
             * Properties of a ListStopsResponse.
             * @deprecated Use celda.cell.v1.ListStopsResponse.$Properties instead.
             */
            interface IListStopsResponse extends celda.cell.v1.ListStopsResponse.$Properties {
            }

            /** Represents a ListStopsResponse. */
            class ListStopsResponse {

                /**
                 * Constructs a new ListStopsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ListStopsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListStopsResponse stops. */
                stops: celda.cell.v1.Stop[];

                /**
                 * Encodes the specified ListStopsResponse message. Does not implicitly {@link celda.cell.v1.ListStopsResponse.verify|verify} messages.
                 * @param message ListStopsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ListStopsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListStopsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ListStopsResponse & celda.cell.v1.ListStopsResponse.$Shape} ListStopsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ListStopsResponse & celda.cell.v1.ListStopsResponse.$Shape;
            }

            namespace ListStopsResponse {

                /** Properties of a ListStopsResponse. */
                interface $Properties {

                    /** ListStopsResponse stops */
                    stops?: celda.cell.v1.Stop.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListStopsResponse. */
                type $Shape = celda.cell.v1.ListStopsResponse.$Properties;
            }

            /**
             * Properties of a SendUnitCommandRequest.
             * @deprecated Use celda.cell.v1.SendUnitCommandRequest.$Properties instead.
             */
            interface ISendUnitCommandRequest extends celda.cell.v1.SendUnitCommandRequest.$Properties {
            }

            /** Represents a SendUnitCommandRequest. */
            class SendUnitCommandRequest {

                /**
                 * Constructs a new SendUnitCommandRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SendUnitCommandRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SendUnitCommandRequest requestId. */
                requestId: string;

                /** SendUnitCommandRequest command. */
                command: celda.cell.v1.UnitCommand;

                /** SendUnitCommandRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified SendUnitCommandRequest message. Does not implicitly {@link celda.cell.v1.SendUnitCommandRequest.verify|verify} messages.
                 * @param message SendUnitCommandRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SendUnitCommandRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SendUnitCommandRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SendUnitCommandRequest & celda.cell.v1.SendUnitCommandRequest.$Shape} SendUnitCommandRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SendUnitCommandRequest & celda.cell.v1.SendUnitCommandRequest.$Shape;
            }

            namespace SendUnitCommandRequest {

                /** Properties of a SendUnitCommandRequest. */
                interface $Properties {

                    /** SendUnitCommandRequest requestId */
                    requestId?: string;

                    /** SendUnitCommandRequest command */
                    command?: celda.cell.v1.UnitCommand;

                    /** SendUnitCommandRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SendUnitCommandRequest. */
                type $Shape = celda.cell.v1.SendUnitCommandRequest.$Properties;
            }

            /**
             * Properties of a SendUnitCommandResponse.
             * @deprecated Use celda.cell.v1.SendUnitCommandResponse.$Properties instead.
             */
            interface ISendUnitCommandResponse extends celda.cell.v1.SendUnitCommandResponse.$Properties {
            }

            /** Represents a SendUnitCommandResponse. */
            class SendUnitCommandResponse {

                /**
                 * Constructs a new SendUnitCommandResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SendUnitCommandResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SendUnitCommandResponse targetState. */
                targetState: string;

                /** SendUnitCommandResponse targetStateNumber. */
                targetStateNumber: number;

                /** SendUnitCommandResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified SendUnitCommandResponse message. Does not implicitly {@link celda.cell.v1.SendUnitCommandResponse.verify|verify} messages.
                 * @param message SendUnitCommandResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SendUnitCommandResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SendUnitCommandResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SendUnitCommandResponse & celda.cell.v1.SendUnitCommandResponse.$Shape} SendUnitCommandResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SendUnitCommandResponse & celda.cell.v1.SendUnitCommandResponse.$Shape;
            }

            namespace SendUnitCommandResponse {

                /** Properties of a SendUnitCommandResponse. */
                interface $Properties {

                    /** SendUnitCommandResponse targetState */
                    targetState?: string;

                    /** SendUnitCommandResponse targetStateNumber */
                    targetStateNumber?: number;

                    /** SendUnitCommandResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SendUnitCommandResponse. */
                type $Shape = celda.cell.v1.SendUnitCommandResponse.$Properties;
            }

            /**
             * Properties of a SetUnitModeRequest.
             * @deprecated Use celda.cell.v1.SetUnitModeRequest.$Properties instead.
             */
            interface ISetUnitModeRequest extends celda.cell.v1.SetUnitModeRequest.$Properties {
            }

            /** Represents a SetUnitModeRequest. */
            class SetUnitModeRequest {

                /**
                 * Constructs a new SetUnitModeRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SetUnitModeRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SetUnitModeRequest requestId. */
                requestId: string;

                /** SetUnitModeRequest mode. */
                mode: celda.cell.v1.UnitMode;

                /**
                 * Encodes the specified SetUnitModeRequest message. Does not implicitly {@link celda.cell.v1.SetUnitModeRequest.verify|verify} messages.
                 * @param message SetUnitModeRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SetUnitModeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SetUnitModeRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SetUnitModeRequest & celda.cell.v1.SetUnitModeRequest.$Shape} SetUnitModeRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SetUnitModeRequest & celda.cell.v1.SetUnitModeRequest.$Shape;
            }

            namespace SetUnitModeRequest {

                /** Properties of a SetUnitModeRequest. */
                interface $Properties {

                    /** SetUnitModeRequest requestId */
                    requestId?: string;

                    /** SetUnitModeRequest mode */
                    mode?: celda.cell.v1.UnitMode;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SetUnitModeRequest. */
                type $Shape = celda.cell.v1.SetUnitModeRequest.$Properties;
            }

            /**
             * Properties of a SetUnitModeResponse.
             * @deprecated Use celda.cell.v1.SetUnitModeResponse.$Properties instead.
             */
            interface ISetUnitModeResponse extends celda.cell.v1.SetUnitModeResponse.$Properties {
            }

            /** Represents a SetUnitModeResponse. */
            class SetUnitModeResponse {

                /**
                 * Constructs a new SetUnitModeResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SetUnitModeResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SetUnitModeResponse mode. */
                mode: celda.cell.v1.UnitMode;

                /** SetUnitModeResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified SetUnitModeResponse message. Does not implicitly {@link celda.cell.v1.SetUnitModeResponse.verify|verify} messages.
                 * @param message SetUnitModeResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SetUnitModeResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SetUnitModeResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SetUnitModeResponse & celda.cell.v1.SetUnitModeResponse.$Shape} SetUnitModeResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SetUnitModeResponse & celda.cell.v1.SetUnitModeResponse.$Shape;
            }

            namespace SetUnitModeResponse {

                /** Properties of a SetUnitModeResponse. */
                interface $Properties {

                    /** SetUnitModeResponse mode */
                    mode?: celda.cell.v1.UnitMode;

                    /** SetUnitModeResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SetUnitModeResponse. */
                type $Shape = celda.cell.v1.SetUnitModeResponse.$Properties;
            }

            /**
             * Properties of a WatchSignalsRequest.
             * @deprecated Use celda.cell.v1.WatchSignalsRequest.$Properties instead.
             */
            interface IWatchSignalsRequest extends celda.cell.v1.WatchSignalsRequest.$Properties {
            }

            /** Represents a WatchSignalsRequest. */
            class WatchSignalsRequest {

                /**
                 * Constructs a new WatchSignalsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WatchSignalsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchSignalsRequest signals. */
                signals: celda.cell.v1.SignalSelection[];

                /** WatchSignalsRequest intervalMsMin. */
                intervalMsMin: number;

                /**
                 * Encodes the specified WatchSignalsRequest message. Does not implicitly {@link celda.cell.v1.WatchSignalsRequest.verify|verify} messages.
                 * @param message WatchSignalsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WatchSignalsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchSignalsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WatchSignalsRequest & celda.cell.v1.WatchSignalsRequest.$Shape} WatchSignalsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WatchSignalsRequest & celda.cell.v1.WatchSignalsRequest.$Shape;
            }

            namespace WatchSignalsRequest {

                /** Properties of a WatchSignalsRequest. */
                interface $Properties {

                    /** WatchSignalsRequest signals */
                    signals?: celda.cell.v1.SignalSelection.$Properties[];

                    /** WatchSignalsRequest intervalMsMin */
                    intervalMsMin?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchSignalsRequest. */
                type $Shape = celda.cell.v1.WatchSignalsRequest.$Properties;
            }

            /**
             * Properties of a SignalSelection.
             * @deprecated Use celda.cell.v1.SignalSelection.$Properties instead.
             */
            interface ISignalSelection extends celda.cell.v1.SignalSelection.$Properties {
            }

            /** Represents a SignalSelection. */
            class SignalSelection {

                /**
                 * Constructs a new SignalSelection.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SignalSelection.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SignalSelection name. */
                name: string;

                /** SignalSelection deadband. */
                deadband: number;

                /**
                 * Encodes the specified SignalSelection message. Does not implicitly {@link celda.cell.v1.SignalSelection.verify|verify} messages.
                 * @param message SignalSelection message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SignalSelection.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SignalSelection message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SignalSelection & celda.cell.v1.SignalSelection.$Shape} SignalSelection
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SignalSelection & celda.cell.v1.SignalSelection.$Shape;
            }

            namespace SignalSelection {

                /** Properties of a SignalSelection. */
                interface $Properties {

                    /** SignalSelection name */
                    name?: string;

                    /** SignalSelection deadband */
                    deadband?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SignalSelection. */
                type $Shape = celda.cell.v1.SignalSelection.$Properties;
            }

            /**
             * Properties of a WatchSignalsResponse.
             * @deprecated Use celda.cell.v1.WatchSignalsResponse.$Properties instead.
             */
            interface IWatchSignalsResponse extends celda.cell.v1.WatchSignalsResponse.$Properties {
            }

            /** Represents a WatchSignalsResponse. */
            class WatchSignalsResponse {

                /**
                 * Constructs a new WatchSignalsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WatchSignalsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchSignalsResponse sequence. */
                sequence: Long;

                /** WatchSignalsResponse sendTime. */
                sendTime: google.protobuf.Timestamp;

                /** WatchSignalsResponse controlConnected. */
                controlConnected: boolean;

                /** WatchSignalsResponse stateTime. */
                stateTime: google.protobuf.Timestamp;

                /** WatchSignalsResponse values. */
                values: celda.cell.v1.DeviceValue[];

                /**
                 * Encodes the specified WatchSignalsResponse message. Does not implicitly {@link celda.cell.v1.WatchSignalsResponse.verify|verify} messages.
                 * @param message WatchSignalsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WatchSignalsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchSignalsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WatchSignalsResponse & celda.cell.v1.WatchSignalsResponse.$Shape} WatchSignalsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WatchSignalsResponse & celda.cell.v1.WatchSignalsResponse.$Shape;
            }

            namespace WatchSignalsResponse {

                /** Properties of a WatchSignalsResponse. */
                interface $Properties {

                    /** WatchSignalsResponse sequence */
                    sequence?: Long;

                    /** WatchSignalsResponse sendTime */
                    sendTime?: google.protobuf.Timestamp.$Properties;

                    /** WatchSignalsResponse controlConnected */
                    controlConnected?: boolean;

                    /** WatchSignalsResponse stateTime */
                    stateTime?: google.protobuf.Timestamp.$Properties;

                    /** WatchSignalsResponse values */
                    values?: celda.cell.v1.DeviceValue.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchSignalsResponse. */
                type $Shape = celda.cell.v1.WatchSignalsResponse.$Properties;
            }

            /** LampMode enum. */
            enum LampMode {

                /** LAMP_MODE_UNSPECIFIED value */
                LAMP_MODE_UNSPECIFIED = 0,

                /** LAMP_MODE_OFF value */
                LAMP_MODE_OFF = 1,

                /** LAMP_MODE_ON value */
                LAMP_MODE_ON = 2,

                /** LAMP_MODE_FLASHING value */
                LAMP_MODE_FLASHING = 3
            }

            /**
             * Properties of a CellState.
             * @deprecated Use celda.cell.v1.CellState.$Properties instead.
             */
            interface ICellState extends celda.cell.v1.CellState.$Properties {
            }

            /** Represents a CellState. */
            class CellState {

                /**
                 * Constructs a new CellState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.CellState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CellState epoch. */
                epoch: string;

                /** CellState controlConnected. */
                controlConnected: boolean;

                /** CellState cycle. */
                cycle: Long;

                /** CellState stateTime. */
                stateTime: google.protobuf.Timestamp;

                /** CellState unitState. */
                unitState: string;

                /** CellState unitStateNumber. */
                unitStateNumber: number;

                /** CellState unitMode. */
                unitMode: string;

                /** CellState unitModeNumber. */
                unitModeNumber: number;

                /** CellState unitModeRequested. */
                unitModeRequested: string;

                /** CellState resetPossible. */
                resetPossible: boolean;

                /** CellState standingAlarmCount. */
                standingAlarmCount: number;

                /** CellState unacknowledgedAlarmCount. */
                unacknowledgedAlarmCount: number;

                /** CellState overrunCount. */
                overrunCount: number;

                /** CellState stackLight. */
                stackLight: celda.cell.v1.StackLight;

                /** CellState safetyBlocks. */
                safetyBlocks: celda.cell.v1.SafetyBlock[];

                /** CellState boards. */
                boards: celda.cell.v1.BoardLink[];

                /** CellState devices. */
                devices: celda.cell.v1.DeviceValue[];

                /** CellState bypasses. */
                bypasses: celda.cell.v1.Bypass[];

                /**
                 * Encodes the specified CellState message. Does not implicitly {@link celda.cell.v1.CellState.verify|verify} messages.
                 * @param message CellState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.CellState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CellState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.CellState & celda.cell.v1.CellState.$Shape} CellState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.CellState & celda.cell.v1.CellState.$Shape;
            }

            namespace CellState {

                /** Properties of a CellState. */
                interface $Properties {

                    /** CellState epoch */
                    epoch?: string;

                    /** CellState controlConnected */
                    controlConnected?: boolean;

                    /** CellState cycle */
                    cycle?: Long;

                    /** CellState stateTime */
                    stateTime?: google.protobuf.Timestamp.$Properties;

                    /** CellState unitState */
                    unitState?: string;

                    /** CellState unitStateNumber */
                    unitStateNumber?: number;

                    /** CellState unitMode */
                    unitMode?: string;

                    /** CellState unitModeNumber */
                    unitModeNumber?: number;

                    /** CellState unitModeRequested */
                    unitModeRequested?: string;

                    /** CellState resetPossible */
                    resetPossible?: boolean;

                    /** CellState standingAlarmCount */
                    standingAlarmCount?: number;

                    /** CellState unacknowledgedAlarmCount */
                    unacknowledgedAlarmCount?: number;

                    /** CellState overrunCount */
                    overrunCount?: number;

                    /** CellState stackLight */
                    stackLight?: celda.cell.v1.StackLight.$Properties;

                    /** CellState safetyBlocks */
                    safetyBlocks?: celda.cell.v1.SafetyBlock.$Properties[];

                    /** CellState boards */
                    boards?: celda.cell.v1.BoardLink.$Properties[];

                    /** CellState devices */
                    devices?: celda.cell.v1.DeviceValue.$Properties[];

                    /** CellState bypasses */
                    bypasses?: celda.cell.v1.Bypass.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CellState. */
                type $Shape = celda.cell.v1.CellState.$Properties;
            }

            /**
             * Properties of a Bypass.
             * @deprecated Use celda.cell.v1.Bypass.$Properties instead.
             */
            interface IBypass extends celda.cell.v1.Bypass.$Properties {
            }

            /** Represents a Bypass. */
            class Bypass {

                /**
                 * Constructs a new Bypass.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.Bypass.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Bypass stopFunction. */
                stopFunction: string;

                /** Bypass owner. */
                owner: string;

                /** Bypass reason. */
                reason: string;

                /** Bypass expireTime. */
                expireTime: google.protobuf.Timestamp;

                /** Bypass active. */
                active: boolean;

                /**
                 * Encodes the specified Bypass message. Does not implicitly {@link celda.cell.v1.Bypass.verify|verify} messages.
                 * @param message Bypass message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.Bypass.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Bypass message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.Bypass & celda.cell.v1.Bypass.$Shape} Bypass
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.Bypass & celda.cell.v1.Bypass.$Shape;
            }

            namespace Bypass {

                /** Properties of a Bypass. */
                interface $Properties {

                    /** Bypass stopFunction */
                    stopFunction?: string;

                    /** Bypass owner */
                    owner?: string;

                    /** Bypass reason */
                    reason?: string;

                    /** Bypass expireTime */
                    expireTime?: google.protobuf.Timestamp.$Properties;

                    /** Bypass active */
                    active?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Bypass. */
                type $Shape = celda.cell.v1.Bypass.$Properties;
            }

            /**
             * Properties of a StackLight.
             * @deprecated Use celda.cell.v1.StackLight.$Properties instead.
             */
            interface IStackLight extends celda.cell.v1.StackLight.$Properties {
            }

            /** Represents a StackLight. */
            class StackLight {

                /**
                 * Constructs a new StackLight.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.StackLight.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StackLight red. */
                red: celda.cell.v1.LampMode;

                /** StackLight amber. */
                amber: celda.cell.v1.LampMode;

                /** StackLight blue. */
                blue: celda.cell.v1.LampMode;

                /** StackLight green. */
                green: celda.cell.v1.LampMode;

                /** StackLight horn. */
                horn: boolean;

                /** StackLight bits. */
                bits: number;

                /**
                 * Encodes the specified StackLight message. Does not implicitly {@link celda.cell.v1.StackLight.verify|verify} messages.
                 * @param message StackLight message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.StackLight.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StackLight message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.StackLight & celda.cell.v1.StackLight.$Shape} StackLight
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.StackLight & celda.cell.v1.StackLight.$Shape;
            }

            namespace StackLight {

                /** Properties of a StackLight. */
                interface $Properties {

                    /** StackLight red */
                    red?: celda.cell.v1.LampMode;

                    /** StackLight amber */
                    amber?: celda.cell.v1.LampMode;

                    /** StackLight blue */
                    blue?: celda.cell.v1.LampMode;

                    /** StackLight green */
                    green?: celda.cell.v1.LampMode;

                    /** StackLight horn */
                    horn?: boolean;

                    /** StackLight bits */
                    bits?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StackLight. */
                type $Shape = celda.cell.v1.StackLight.$Properties;
            }

            /**
             * Properties of a SafetyBlock.
             * @deprecated Use celda.cell.v1.SafetyBlock.$Properties instead.
             */
            interface ISafetyBlock extends celda.cell.v1.SafetyBlock.$Properties {
            }

            /** Represents a SafetyBlock. */
            class SafetyBlock {

                /**
                 * Constructs a new SafetyBlock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SafetyBlock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SafetyBlock name. */
                name: string;

                /** SafetyBlock type. */
                type: string;

                /** SafetyBlock diagCode. */
                diagCode: string;

                /** SafetyBlock output. */
                output: boolean;

                /** SafetyBlock error. */
                error: boolean;

                /** SafetyBlock resetRequest. */
                resetRequest: boolean;

                /** SafetyBlock outputs. */
                outputs: { [k: string]: boolean };

                /** SafetyBlock diagTexts. */
                diagTexts: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified SafetyBlock message. Does not implicitly {@link celda.cell.v1.SafetyBlock.verify|verify} messages.
                 * @param message SafetyBlock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SafetyBlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SafetyBlock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SafetyBlock & celda.cell.v1.SafetyBlock.$Shape} SafetyBlock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SafetyBlock & celda.cell.v1.SafetyBlock.$Shape;
            }

            namespace SafetyBlock {

                /** Properties of a SafetyBlock. */
                interface $Properties {

                    /** SafetyBlock name */
                    name?: string;

                    /** SafetyBlock type */
                    type?: string;

                    /** SafetyBlock diagCode */
                    diagCode?: string;

                    /** SafetyBlock output */
                    output?: boolean;

                    /** SafetyBlock error */
                    error?: boolean;

                    /** SafetyBlock resetRequest */
                    resetRequest?: boolean;

                    /** SafetyBlock outputs */
                    outputs?: { [k: string]: boolean };

                    /** SafetyBlock diagTexts */
                    diagTexts?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SafetyBlock. */
                type $Shape = celda.cell.v1.SafetyBlock.$Properties;
            }

            /**
             * Properties of a BoardLink.
             * @deprecated Use celda.cell.v1.BoardLink.$Properties instead.
             */
            interface IBoardLink extends celda.cell.v1.BoardLink.$Properties {
            }

            /** Represents a BoardLink. */
            class BoardLink {

                /**
                 * Constructs a new BoardLink.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.BoardLink.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BoardLink name. */
                name: string;

                /** BoardLink linkState. */
                linkState: string;

                /** BoardLink ageMs. */
                ageMs: number;

                /**
                 * Encodes the specified BoardLink message. Does not implicitly {@link celda.cell.v1.BoardLink.verify|verify} messages.
                 * @param message BoardLink message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.BoardLink.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BoardLink message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.BoardLink & celda.cell.v1.BoardLink.$Shape} BoardLink
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.BoardLink & celda.cell.v1.BoardLink.$Shape;
            }

            namespace BoardLink {

                /** Properties of a BoardLink. */
                interface $Properties {

                    /** BoardLink name */
                    name?: string;

                    /** BoardLink linkState */
                    linkState?: string;

                    /** BoardLink ageMs */
                    ageMs?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BoardLink. */
                type $Shape = celda.cell.v1.BoardLink.$Properties;
            }

            /**
             * Properties of a DeviceValue.
             * @deprecated Use celda.cell.v1.DeviceValue.$Properties instead.
             */
            interface IDeviceValue extends celda.cell.v1.DeviceValue.$Properties {
            }

            /** Represents a DeviceValue. */
            class DeviceValue {

                /**
                 * Constructs a new DeviceValue.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.DeviceValue.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DeviceValue name. */
                name: string;

                /** DeviceValue kind. */
                kind: string;

                /** DeviceValue value. */
                value: number;

                /** DeviceValue unit. */
                unit: string;

                /** DeviceValue valid. */
                valid: boolean;

                /**
                 * Encodes the specified DeviceValue message. Does not implicitly {@link celda.cell.v1.DeviceValue.verify|verify} messages.
                 * @param message DeviceValue message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.DeviceValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DeviceValue message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.DeviceValue & celda.cell.v1.DeviceValue.$Shape} DeviceValue
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.DeviceValue & celda.cell.v1.DeviceValue.$Shape;
            }

            namespace DeviceValue {

                /** Properties of a DeviceValue. */
                interface $Properties {

                    /** DeviceValue name */
                    name?: string;

                    /** DeviceValue kind */
                    kind?: string;

                    /** DeviceValue value */
                    value?: number;

                    /** DeviceValue unit */
                    unit?: string;

                    /** DeviceValue valid */
                    valid?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DeviceValue. */
                type $Shape = celda.cell.v1.DeviceValue.$Properties;
            }

            /**
             * Properties of a Stop.
             * @deprecated Use celda.cell.v1.Stop.$Properties instead.
             */
            interface IStop extends celda.cell.v1.Stop.$Properties {
            }

            /** Represents a Stop. */
            class Stop {

                /**
                 * Constructs a new Stop.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.Stop.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Stop epoch. */
                epoch: string;

                /** Stop stopNumber. */
                stopNumber: number;

                /** Stop stopTime. */
                stopTime: google.protobuf.Timestamp;

                /** Stop cycle. */
                cycle: Long;

                /** Stop cause. */
                cause: celda.job.v1.FaultReason;

                /** Stop stopCategory. */
                stopCategory: number;

                /** Stop otherCauses. */
                otherCauses: celda.job.v1.FaultReason[];

                /** Stop unitState. */
                unitState: string;

                /** Stop unitMode. */
                unitMode: string;

                /** Stop jobOrderId. */
                jobOrderId: string;

                /** Stop step. */
                step: string;

                /** Stop blocks. */
                blocks: celda.cell.v1.StopBlock[];

                /** Stop inputs. */
                inputs: celda.cell.v1.StopInput[];

                /** Stop traceMs. */
                traceMs: number;

                /** Stop changes. */
                changes: celda.cell.v1.StopChange[];

                /**
                 * Encodes the specified Stop message. Does not implicitly {@link celda.cell.v1.Stop.verify|verify} messages.
                 * @param message Stop message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.Stop.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Stop message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.Stop & celda.cell.v1.Stop.$Shape} Stop
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.Stop & celda.cell.v1.Stop.$Shape;
            }

            namespace Stop {

                /** Properties of a Stop. */
                interface $Properties {

                    /** Stop epoch */
                    epoch?: string;

                    /** Stop stopNumber */
                    stopNumber?: number;

                    /** Stop stopTime */
                    stopTime?: google.protobuf.Timestamp.$Properties;

                    /** Stop cycle */
                    cycle?: Long;

                    /** Stop cause */
                    cause?: celda.job.v1.FaultReason.$Properties;

                    /** Stop stopCategory */
                    stopCategory?: number;

                    /** Stop otherCauses */
                    otherCauses?: celda.job.v1.FaultReason.$Properties[];

                    /** Stop unitState */
                    unitState?: string;

                    /** Stop unitMode */
                    unitMode?: string;

                    /** Stop jobOrderId */
                    jobOrderId?: string;

                    /** Stop step */
                    step?: string;

                    /** Stop blocks */
                    blocks?: celda.cell.v1.StopBlock.$Properties[];

                    /** Stop inputs */
                    inputs?: celda.cell.v1.StopInput.$Properties[];

                    /** Stop traceMs */
                    traceMs?: number;

                    /** Stop changes */
                    changes?: celda.cell.v1.StopChange.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Stop. */
                type $Shape = celda.cell.v1.Stop.$Properties;
            }

            /**
             * Properties of a StopBlock.
             * @deprecated Use celda.cell.v1.StopBlock.$Properties instead.
             */
            interface IStopBlock extends celda.cell.v1.StopBlock.$Properties {
            }

            /** Represents a StopBlock. */
            class StopBlock {

                /**
                 * Constructs a new StopBlock.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.StopBlock.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopBlock name. */
                name: string;

                /** StopBlock type. */
                type: string;

                /** StopBlock diagCode. */
                diagCode: string;

                /** StopBlock output. */
                output: boolean;

                /** StopBlock outputs. */
                outputs: { [k: string]: boolean };

                /** StopBlock diagTexts. */
                diagTexts: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified StopBlock message. Does not implicitly {@link celda.cell.v1.StopBlock.verify|verify} messages.
                 * @param message StopBlock message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.StopBlock.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopBlock message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.StopBlock & celda.cell.v1.StopBlock.$Shape} StopBlock
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.StopBlock & celda.cell.v1.StopBlock.$Shape;
            }

            namespace StopBlock {

                /** Properties of a StopBlock. */
                interface $Properties {

                    /** StopBlock name */
                    name?: string;

                    /** StopBlock type */
                    type?: string;

                    /** StopBlock diagCode */
                    diagCode?: string;

                    /** StopBlock output */
                    output?: boolean;

                    /** StopBlock outputs */
                    outputs?: { [k: string]: boolean };

                    /** StopBlock diagTexts */
                    diagTexts?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopBlock. */
                type $Shape = celda.cell.v1.StopBlock.$Properties;
            }

            /**
             * Properties of a StopInput.
             * @deprecated Use celda.cell.v1.StopInput.$Properties instead.
             */
            interface IStopInput extends celda.cell.v1.StopInput.$Properties {
            }

            /** Represents a StopInput. */
            class StopInput {

                /**
                 * Constructs a new StopInput.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.StopInput.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopInput device. */
                device: string;

                /** StopInput kind. */
                kind: string;

                /** StopInput value. */
                value: (number|null);

                /** StopInput unit. */
                unit: string;

                /** StopInput safety. */
                safety: boolean;

                /**
                 * Encodes the specified StopInput message. Does not implicitly {@link celda.cell.v1.StopInput.verify|verify} messages.
                 * @param message StopInput message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.StopInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopInput message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.StopInput & celda.cell.v1.StopInput.$Shape} StopInput
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.StopInput & celda.cell.v1.StopInput.$Shape;
            }

            namespace StopInput {

                /** Properties of a StopInput. */
                interface $Properties {

                    /** StopInput device */
                    device?: string;

                    /** StopInput kind */
                    kind?: string;

                    /** StopInput value */
                    value?: (number|null);

                    /** StopInput unit */
                    unit?: string;

                    /** StopInput safety */
                    safety?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopInput. */
                type $Shape = celda.cell.v1.StopInput.$Properties;
            }

            /**
             * Properties of a StopChange.
             * @deprecated Use celda.cell.v1.StopChange.$Properties instead.
             */
            interface IStopChange extends celda.cell.v1.StopChange.$Properties {
            }

            /** Represents a StopChange. */
            class StopChange {

                /**
                 * Constructs a new StopChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.StopChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopChange beforeMs. */
                beforeMs: number;

                /** StopChange device. */
                device: string;

                /** StopChange fromValue. */
                fromValue: (number|null);

                /** StopChange toValue. */
                toValue: (number|null);

                /**
                 * Encodes the specified StopChange message. Does not implicitly {@link celda.cell.v1.StopChange.verify|verify} messages.
                 * @param message StopChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.StopChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.StopChange & celda.cell.v1.StopChange.$Shape} StopChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.StopChange & celda.cell.v1.StopChange.$Shape;
            }

            namespace StopChange {

                /** Properties of a StopChange. */
                interface $Properties {

                    /** StopChange beforeMs */
                    beforeMs?: number;

                    /** StopChange device */
                    device?: string;

                    /** StopChange fromValue */
                    fromValue?: (number|null);

                    /** StopChange toValue */
                    toValue?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopChange. */
                type $Shape = celda.cell.v1.StopChange.$Properties;
            }

            /** UnitCommand enum. */
            enum UnitCommand {

                /** UNIT_COMMAND_UNSPECIFIED value */
                UNIT_COMMAND_UNSPECIFIED = 0,

                /** UNIT_COMMAND_STOP value */
                UNIT_COMMAND_STOP = 3,

                /** UNIT_COMMAND_HOLD value */
                UNIT_COMMAND_HOLD = 4,

                /** UNIT_COMMAND_UNHOLD value */
                UNIT_COMMAND_UNHOLD = 5,

                /** UNIT_COMMAND_SUSPEND value */
                UNIT_COMMAND_SUSPEND = 6,

                /** UNIT_COMMAND_UNSUSPEND value */
                UNIT_COMMAND_UNSUSPEND = 7,

                /** UNIT_COMMAND_ABORT value */
                UNIT_COMMAND_ABORT = 8,

                /** UNIT_COMMAND_COMPLETE value */
                UNIT_COMMAND_COMPLETE = 10
            }

            /** UnitMode enum. */
            enum UnitMode {

                /** UNIT_MODE_UNSPECIFIED value */
                UNIT_MODE_UNSPECIFIED = 0,

                /** UNIT_MODE_PRODUCTION value */
                UNIT_MODE_PRODUCTION = 1,

                /** UNIT_MODE_MAINTENANCE value */
                UNIT_MODE_MAINTENANCE = 2,

                /** UNIT_MODE_MANUAL value */
                UNIT_MODE_MANUAL = 3
            }

            /** ProofState enum. */
            enum ProofState {

                /** PROOF_STATE_UNSPECIFIED value */
                PROOF_STATE_UNSPECIFIED = 0,

                /** PROOF_STATE_PROVED value */
                PROOF_STATE_PROVED = 1,

                /** PROOF_STATE_REFUTED value */
                PROOF_STATE_REFUTED = 2,

                /** PROOF_STATE_INCOMPLETE value */
                PROOF_STATE_INCOMPLETE = 3,

                /** PROOF_STATE_OUTDATED value */
                PROOF_STATE_OUTDATED = 4,

                /** PROOF_STATE_NONE value */
                PROOF_STATE_NONE = 5
            }

            /** CommissioningState enum. */
            enum CommissioningState {

                /** COMMISSIONING_STATE_UNSPECIFIED value */
                COMMISSIONING_STATE_UNSPECIFIED = 0,

                /** COMMISSIONING_STATE_COMPLETE value */
                COMMISSIONING_STATE_COMPLETE = 1,

                /** COMMISSIONING_STATE_INCOMPLETE value */
                COMMISSIONING_STATE_INCOMPLETE = 2,

                /** COMMISSIONING_STATE_NONE value */
                COMMISSIONING_STATE_NONE = 3,

                /** COMMISSIONING_STATE_DAMAGED value */
                COMMISSIONING_STATE_DAMAGED = 4
            }

            /**
             * Properties of a UnitProfile.
             * @deprecated Use celda.cell.v1.UnitProfile.$Properties instead.
             */
            interface IUnitProfile extends celda.cell.v1.UnitProfile.$Properties {
            }

            /** Represents a UnitProfile. */
            class UnitProfile {

                /**
                 * Constructs a new UnitProfile.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.UnitProfile.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UnitProfile holdMask. */
                holdMask: number;

                /** UnitProfile completeMask. */
                completeMask: number;

                /** UnitProfile modes. */
                modes: celda.cell.v1.UnitModeProfile[];

                /** UnitProfile startWarningMs. */
                startWarningMs: number;

                /**
                 * Encodes the specified UnitProfile message. Does not implicitly {@link celda.cell.v1.UnitProfile.verify|verify} messages.
                 * @param message UnitProfile message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.UnitProfile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a UnitProfile message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.UnitProfile & celda.cell.v1.UnitProfile.$Shape} UnitProfile
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.UnitProfile & celda.cell.v1.UnitProfile.$Shape;
            }

            namespace UnitProfile {

                /** Properties of a UnitProfile. */
                interface $Properties {

                    /** UnitProfile holdMask */
                    holdMask?: number;

                    /** UnitProfile completeMask */
                    completeMask?: number;

                    /** UnitProfile modes */
                    modes?: celda.cell.v1.UnitModeProfile.$Properties[];

                    /** UnitProfile startWarningMs */
                    startWarningMs?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a UnitProfile. */
                type $Shape = celda.cell.v1.UnitProfile.$Properties;
            }

            /**
             * Properties of a UnitModeProfile.
             * @deprecated Use celda.cell.v1.UnitModeProfile.$Properties instead.
             */
            interface IUnitModeProfile extends celda.cell.v1.UnitModeProfile.$Properties {
            }

            /** Represents a UnitModeProfile. */
            class UnitModeProfile {

                /**
                 * Constructs a new UnitModeProfile.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.UnitModeProfile.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UnitModeProfile mode. */
                mode: celda.cell.v1.UnitMode;

                /** UnitModeProfile disabledStatesMask. */
                disabledStatesMask: number;

                /** UnitModeProfile modeChangeMask. */
                modeChangeMask: number;

                /**
                 * Encodes the specified UnitModeProfile message. Does not implicitly {@link celda.cell.v1.UnitModeProfile.verify|verify} messages.
                 * @param message UnitModeProfile message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.UnitModeProfile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a UnitModeProfile message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.UnitModeProfile & celda.cell.v1.UnitModeProfile.$Shape} UnitModeProfile
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.UnitModeProfile & celda.cell.v1.UnitModeProfile.$Shape;
            }

            namespace UnitModeProfile {

                /** Properties of a UnitModeProfile. */
                interface $Properties {

                    /** UnitModeProfile mode */
                    mode?: celda.cell.v1.UnitMode;

                    /** UnitModeProfile disabledStatesMask */
                    disabledStatesMask?: number;

                    /** UnitModeProfile modeChangeMask */
                    modeChangeMask?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a UnitModeProfile. */
                type $Shape = celda.cell.v1.UnitModeProfile.$Properties;
            }

            /** JogWait enum. */
            enum JogWait {

                /** JOG_WAIT_UNSPECIFIED value */
                JOG_WAIT_UNSPECIFIED = 0,

                /** JOG_WAIT_NONE value */
                JOG_WAIT_NONE = 1,

                /** JOG_WAIT_ENABLING value */
                JOG_WAIT_ENABLING = 2,

                /** JOG_WAIT_REST value */
                JOG_WAIT_REST = 3
            }

            /**
             * Properties of a JointSpeed.
             * @deprecated Use celda.cell.v1.JointSpeed.$Properties instead.
             */
            interface IJointSpeed extends celda.cell.v1.JointSpeed.$Properties {
            }

            /** Represents a JointSpeed. */
            class JointSpeed {

                /**
                 * Constructs a new JointSpeed.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.JointSpeed.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JointSpeed joint. */
                joint: string;

                /** JointSpeed speedPercent. */
                speedPercent: number;

                /**
                 * Encodes the specified JointSpeed message. Does not implicitly {@link celda.cell.v1.JointSpeed.verify|verify} messages.
                 * @param message JointSpeed message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.JointSpeed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JointSpeed message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.JointSpeed & celda.cell.v1.JointSpeed.$Shape} JointSpeed
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.JointSpeed & celda.cell.v1.JointSpeed.$Shape;
            }

            namespace JointSpeed {

                /** Properties of a JointSpeed. */
                interface $Properties {

                    /** JointSpeed joint */
                    joint?: string;

                    /** JointSpeed speedPercent */
                    speedPercent?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JointSpeed. */
                type $Shape = celda.cell.v1.JointSpeed.$Properties;
            }

            /**
             * Properties of a JogRequest.
             * @deprecated Use celda.cell.v1.JogRequest.$Properties instead.
             */
            interface IJogRequest extends celda.cell.v1.JogRequest.$Properties {
            }

            /** Represents a JogRequest. */
            class JogRequest {

                /**
                 * Constructs a new JogRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.JogRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JogRequest owner. */
                owner: string;

                /** JogRequest token. */
                token: string;

                /** JogRequest speeds. */
                speeds: celda.cell.v1.JointSpeed[];

                /**
                 * Encodes the specified JogRequest message. Does not implicitly {@link celda.cell.v1.JogRequest.verify|verify} messages.
                 * @param message JogRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.JogRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JogRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.JogRequest & celda.cell.v1.JogRequest.$Shape} JogRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.JogRequest & celda.cell.v1.JogRequest.$Shape;
            }

            namespace JogRequest {

                /** Properties of a JogRequest. */
                interface $Properties {

                    /** JogRequest owner */
                    owner?: string;

                    /** JogRequest token */
                    token?: string;

                    /** JogRequest speeds */
                    speeds?: celda.cell.v1.JointSpeed.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JogRequest. */
                type $Shape = celda.cell.v1.JogRequest.$Properties;
            }

            /**
             * Properties of a JogResponse.
             * @deprecated Use celda.cell.v1.JogResponse.$Properties instead.
             */
            interface IJogResponse extends celda.cell.v1.JogResponse.$Properties {
            }

            /** Represents a JogResponse. */
            class JogResponse {

                /**
                 * Constructs a new JogResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.JogResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JogResponse token. */
                token: string;

                /** JogResponse waitsFor. */
                waitsFor: celda.cell.v1.JogWait;

                /** JogResponse leaseMs. */
                leaseMs: number;

                /**
                 * Encodes the specified JogResponse message. Does not implicitly {@link celda.cell.v1.JogResponse.verify|verify} messages.
                 * @param message JogResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.JogResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JogResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.JogResponse & celda.cell.v1.JogResponse.$Shape} JogResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.JogResponse & celda.cell.v1.JogResponse.$Shape;
            }

            namespace JogResponse {

                /** Properties of a JogResponse. */
                interface $Properties {

                    /** JogResponse token */
                    token?: string;

                    /** JogResponse waitsFor */
                    waitsFor?: celda.cell.v1.JogWait;

                    /** JogResponse leaseMs */
                    leaseMs?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JogResponse. */
                type $Shape = celda.cell.v1.JogResponse.$Properties;
            }

            /** WorkMasterState enum. */
            enum WorkMasterState {

                /** WORK_MASTER_STATE_UNSPECIFIED value */
                WORK_MASTER_STATE_UNSPECIFIED = 0,

                /** WORK_MASTER_STATE_ACTIVE value */
                WORK_MASTER_STATE_ACTIVE = 1,

                /** WORK_MASTER_STATE_RETIRED value */
                WORK_MASTER_STATE_RETIRED = 2,

                /** WORK_MASTER_STATE_DRAFT value */
                WORK_MASTER_STATE_DRAFT = 3,

                /** WORK_MASTER_STATE_APPROVED value */
                WORK_MASTER_STATE_APPROVED = 4,

                /** WORK_MASTER_STATE_CHANGED value */
                WORK_MASTER_STATE_CHANGED = 5
            }

            /**
             * Properties of a WorkMasterEntry.
             * @deprecated Use celda.cell.v1.WorkMasterEntry.$Properties instead.
             */
            interface IWorkMasterEntry extends celda.cell.v1.WorkMasterEntry.$Properties {
            }

            /** Represents a WorkMasterEntry. */
            class WorkMasterEntry {

                /**
                 * Constructs a new WorkMasterEntry.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.WorkMasterEntry.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkMasterEntry workMaster. */
                workMaster: celda.job.v1.WorkMaster;

                /** WorkMasterEntry state. */
                state: celda.cell.v1.WorkMasterState;

                /** WorkMasterEntry stepCount. */
                stepCount: number;

                /** WorkMasterEntry definitionHash. */
                definitionHash: string;

                /** WorkMasterEntry changeTime. */
                changeTime: google.protobuf.Timestamp;

                /** WorkMasterEntry changedBy. */
                changedBy: string;

                /** WorkMasterEntry comment. */
                comment: string;

                /** WorkMasterEntry etag. */
                etag: string;

                /** WorkMasterEntry author. */
                author: string;

                /** WorkMasterEntry submitTime. */
                submitTime: google.protobuf.Timestamp;

                /** WorkMasterEntry approvedBy. */
                approvedBy: string;

                /** WorkMasterEntry approveTime. */
                approveTime: google.protobuf.Timestamp;

                /** WorkMasterEntry keptDefinitionHash. */
                keptDefinitionHash: string;

                /**
                 * Encodes the specified WorkMasterEntry message. Does not implicitly {@link celda.cell.v1.WorkMasterEntry.verify|verify} messages.
                 * @param message WorkMasterEntry message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.WorkMasterEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkMasterEntry message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.WorkMasterEntry & celda.cell.v1.WorkMasterEntry.$Shape} WorkMasterEntry
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.WorkMasterEntry & celda.cell.v1.WorkMasterEntry.$Shape;
            }

            namespace WorkMasterEntry {

                /** Properties of a WorkMasterEntry. */
                interface $Properties {

                    /** WorkMasterEntry workMaster */
                    workMaster?: celda.job.v1.WorkMaster.$Properties;

                    /** WorkMasterEntry state */
                    state?: celda.cell.v1.WorkMasterState;

                    /** WorkMasterEntry stepCount */
                    stepCount?: number;

                    /** WorkMasterEntry definitionHash */
                    definitionHash?: string;

                    /** WorkMasterEntry changeTime */
                    changeTime?: google.protobuf.Timestamp.$Properties;

                    /** WorkMasterEntry changedBy */
                    changedBy?: string;

                    /** WorkMasterEntry comment */
                    comment?: string;

                    /** WorkMasterEntry etag */
                    etag?: string;

                    /** WorkMasterEntry author */
                    author?: string;

                    /** WorkMasterEntry submitTime */
                    submitTime?: google.protobuf.Timestamp.$Properties;

                    /** WorkMasterEntry approvedBy */
                    approvedBy?: string;

                    /** WorkMasterEntry approveTime */
                    approveTime?: google.protobuf.Timestamp.$Properties;

                    /** WorkMasterEntry keptDefinitionHash */
                    keptDefinitionHash?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkMasterEntry. */
                type $Shape = {
                  workMaster?: celda.job.v1.WorkMaster.$Shape;
                  state?: celda.cell.v1.WorkMasterState;
                  stepCount?: number;
                  definitionHash?: string;
                  changeTime?: google.protobuf.Timestamp.$Shape;
                  changedBy?: string;
                  comment?: string;
                  etag?: string;
                  author?: string;
                  submitTime?: google.protobuf.Timestamp.$Shape;
                  approvedBy?: string;
                  approveTime?: google.protobuf.Timestamp.$Shape;
                  keptDefinitionHash?: string;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ListWorkMastersRequest.
             * @deprecated Use celda.cell.v1.ListWorkMastersRequest.$Properties instead.
             */
            interface IListWorkMastersRequest extends celda.cell.v1.ListWorkMastersRequest.$Properties {
            }

            /** Represents a ListWorkMastersRequest. */
            class ListWorkMastersRequest {

                /**
                 * Constructs a new ListWorkMastersRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ListWorkMastersRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListWorkMastersRequest states. */
                states: celda.cell.v1.WorkMasterState[];

                /**
                 * Encodes the specified ListWorkMastersRequest message. Does not implicitly {@link celda.cell.v1.ListWorkMastersRequest.verify|verify} messages.
                 * @param message ListWorkMastersRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ListWorkMastersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListWorkMastersRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ListWorkMastersRequest & celda.cell.v1.ListWorkMastersRequest.$Shape} ListWorkMastersRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ListWorkMastersRequest & celda.cell.v1.ListWorkMastersRequest.$Shape;
            }

            namespace ListWorkMastersRequest {

                /** Properties of a ListWorkMastersRequest. */
                interface $Properties {

                    /** ListWorkMastersRequest states */
                    states?: celda.cell.v1.WorkMasterState[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListWorkMastersRequest. */
                type $Shape = celda.cell.v1.ListWorkMastersRequest.$Properties;
            }

            /**
             * Properties of a ListWorkMastersResponse.
             * @deprecated Use celda.cell.v1.ListWorkMastersResponse.$Properties instead.
             */
            interface IListWorkMastersResponse extends celda.cell.v1.ListWorkMastersResponse.$Properties {
            }

            /** Represents a ListWorkMastersResponse. */
            class ListWorkMastersResponse {

                /**
                 * Constructs a new ListWorkMastersResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ListWorkMastersResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListWorkMastersResponse workMasters. */
                workMasters: celda.cell.v1.WorkMasterEntry[];

                /**
                 * Encodes the specified ListWorkMastersResponse message. Does not implicitly {@link celda.cell.v1.ListWorkMastersResponse.verify|verify} messages.
                 * @param message ListWorkMastersResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ListWorkMastersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListWorkMastersResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ListWorkMastersResponse & celda.cell.v1.ListWorkMastersResponse.$Shape} ListWorkMastersResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ListWorkMastersResponse & celda.cell.v1.ListWorkMastersResponse.$Shape;
            }

            namespace ListWorkMastersResponse {

                /** Properties of a ListWorkMastersResponse. */
                interface $Properties {

                    /** ListWorkMastersResponse workMasters */
                    workMasters?: celda.cell.v1.WorkMasterEntry.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListWorkMastersResponse. */
                type $Shape = {
                  workMasters?: celda.cell.v1.WorkMasterEntry.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a GetWorkMasterRequest.
             * @deprecated Use celda.cell.v1.GetWorkMasterRequest.$Properties instead.
             */
            interface IGetWorkMasterRequest extends celda.cell.v1.GetWorkMasterRequest.$Properties {
            }

            /** Represents a GetWorkMasterRequest. */
            class GetWorkMasterRequest {

                /**
                 * Constructs a new GetWorkMasterRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetWorkMasterRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetWorkMasterRequest id. */
                id: string;

                /** GetWorkMasterRequest version. */
                version: string;

                /**
                 * Encodes the specified GetWorkMasterRequest message. Does not implicitly {@link celda.cell.v1.GetWorkMasterRequest.verify|verify} messages.
                 * @param message GetWorkMasterRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetWorkMasterRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetWorkMasterRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetWorkMasterRequest & celda.cell.v1.GetWorkMasterRequest.$Shape} GetWorkMasterRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetWorkMasterRequest & celda.cell.v1.GetWorkMasterRequest.$Shape;
            }

            namespace GetWorkMasterRequest {

                /** Properties of a GetWorkMasterRequest. */
                interface $Properties {

                    /** GetWorkMasterRequest id */
                    id?: string;

                    /** GetWorkMasterRequest version */
                    version?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetWorkMasterRequest. */
                type $Shape = celda.cell.v1.GetWorkMasterRequest.$Properties;
            }

            /**
             * Properties of a GetWorkMasterResponse.
             * @deprecated Use celda.cell.v1.GetWorkMasterResponse.$Properties instead.
             */
            interface IGetWorkMasterResponse extends celda.cell.v1.GetWorkMasterResponse.$Properties {
            }

            /** Represents a GetWorkMasterResponse. */
            class GetWorkMasterResponse {

                /**
                 * Constructs a new GetWorkMasterResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.GetWorkMasterResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetWorkMasterResponse workMaster. */
                workMaster: celda.cell.v1.WorkMasterEntry;

                /** GetWorkMasterResponse definition. */
                definition: string;

                /**
                 * Encodes the specified GetWorkMasterResponse message. Does not implicitly {@link celda.cell.v1.GetWorkMasterResponse.verify|verify} messages.
                 * @param message GetWorkMasterResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.GetWorkMasterResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetWorkMasterResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.GetWorkMasterResponse & celda.cell.v1.GetWorkMasterResponse.$Shape} GetWorkMasterResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.GetWorkMasterResponse & celda.cell.v1.GetWorkMasterResponse.$Shape;
            }

            namespace GetWorkMasterResponse {

                /** Properties of a GetWorkMasterResponse. */
                interface $Properties {

                    /** GetWorkMasterResponse workMaster */
                    workMaster?: celda.cell.v1.WorkMasterEntry.$Properties;

                    /** GetWorkMasterResponse definition */
                    definition?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetWorkMasterResponse. */
                type $Shape = {
                  workMaster?: celda.cell.v1.WorkMasterEntry.$Shape;
                  definition?: string;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a CheckWorkMasterRequest.
             * @deprecated Use celda.cell.v1.CheckWorkMasterRequest.$Properties instead.
             */
            interface ICheckWorkMasterRequest extends celda.cell.v1.CheckWorkMasterRequest.$Properties {
            }

            /** Represents a CheckWorkMasterRequest. */
            class CheckWorkMasterRequest {

                /**
                 * Constructs a new CheckWorkMasterRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.CheckWorkMasterRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckWorkMasterRequest id. */
                id: string;

                /** CheckWorkMasterRequest definition. */
                definition: string;

                /**
                 * Encodes the specified CheckWorkMasterRequest message. Does not implicitly {@link celda.cell.v1.CheckWorkMasterRequest.verify|verify} messages.
                 * @param message CheckWorkMasterRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.CheckWorkMasterRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckWorkMasterRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.CheckWorkMasterRequest & celda.cell.v1.CheckWorkMasterRequest.$Shape} CheckWorkMasterRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.CheckWorkMasterRequest & celda.cell.v1.CheckWorkMasterRequest.$Shape;
            }

            namespace CheckWorkMasterRequest {

                /** Properties of a CheckWorkMasterRequest. */
                interface $Properties {

                    /** CheckWorkMasterRequest id */
                    id?: string;

                    /** CheckWorkMasterRequest definition */
                    definition?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckWorkMasterRequest. */
                type $Shape = celda.cell.v1.CheckWorkMasterRequest.$Properties;
            }

            /**
             * Properties of a CheckWorkMasterResponse.
             * @deprecated Use celda.cell.v1.CheckWorkMasterResponse.$Properties instead.
             */
            interface ICheckWorkMasterResponse extends celda.cell.v1.CheckWorkMasterResponse.$Properties {
            }

            /** Represents a CheckWorkMasterResponse. */
            class CheckWorkMasterResponse {

                /**
                 * Constructs a new CheckWorkMasterResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.CheckWorkMasterResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CheckWorkMasterResponse workMaster. */
                workMaster: celda.job.v1.WorkMaster;

                /** CheckWorkMasterResponse definitionHash. */
                definitionHash: string;

                /** CheckWorkMasterResponse configHash. */
                configHash: string;

                /**
                 * Encodes the specified CheckWorkMasterResponse message. Does not implicitly {@link celda.cell.v1.CheckWorkMasterResponse.verify|verify} messages.
                 * @param message CheckWorkMasterResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.CheckWorkMasterResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CheckWorkMasterResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.CheckWorkMasterResponse & celda.cell.v1.CheckWorkMasterResponse.$Shape} CheckWorkMasterResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.CheckWorkMasterResponse & celda.cell.v1.CheckWorkMasterResponse.$Shape;
            }

            namespace CheckWorkMasterResponse {

                /** Properties of a CheckWorkMasterResponse. */
                interface $Properties {

                    /** CheckWorkMasterResponse workMaster */
                    workMaster?: celda.job.v1.WorkMaster.$Properties;

                    /** CheckWorkMasterResponse definitionHash */
                    definitionHash?: string;

                    /** CheckWorkMasterResponse configHash */
                    configHash?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CheckWorkMasterResponse. */
                type $Shape = {
                  workMaster?: celda.job.v1.WorkMaster.$Shape;
                  definitionHash?: string;
                  configHash?: string;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a SubmitWorkMasterDraftRequest.
             * @deprecated Use celda.cell.v1.SubmitWorkMasterDraftRequest.$Properties instead.
             */
            interface ISubmitWorkMasterDraftRequest extends celda.cell.v1.SubmitWorkMasterDraftRequest.$Properties {
            }

            /** Represents a SubmitWorkMasterDraftRequest. */
            class SubmitWorkMasterDraftRequest {

                /**
                 * Constructs a new SubmitWorkMasterDraftRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SubmitWorkMasterDraftRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SubmitWorkMasterDraftRequest requestId. */
                requestId: string;

                /** SubmitWorkMasterDraftRequest id. */
                id: string;

                /** SubmitWorkMasterDraftRequest definition. */
                definition: string;

                /** SubmitWorkMasterDraftRequest etag. */
                etag: string;

                /** SubmitWorkMasterDraftRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified SubmitWorkMasterDraftRequest message. Does not implicitly {@link celda.cell.v1.SubmitWorkMasterDraftRequest.verify|verify} messages.
                 * @param message SubmitWorkMasterDraftRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SubmitWorkMasterDraftRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SubmitWorkMasterDraftRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SubmitWorkMasterDraftRequest & celda.cell.v1.SubmitWorkMasterDraftRequest.$Shape} SubmitWorkMasterDraftRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SubmitWorkMasterDraftRequest & celda.cell.v1.SubmitWorkMasterDraftRequest.$Shape;
            }

            namespace SubmitWorkMasterDraftRequest {

                /** Properties of a SubmitWorkMasterDraftRequest. */
                interface $Properties {

                    /** SubmitWorkMasterDraftRequest requestId */
                    requestId?: string;

                    /** SubmitWorkMasterDraftRequest id */
                    id?: string;

                    /** SubmitWorkMasterDraftRequest definition */
                    definition?: string;

                    /** SubmitWorkMasterDraftRequest etag */
                    etag?: string;

                    /** SubmitWorkMasterDraftRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SubmitWorkMasterDraftRequest. */
                type $Shape = celda.cell.v1.SubmitWorkMasterDraftRequest.$Properties;
            }

            /**
             * Properties of a SubmitWorkMasterDraftResponse.
             * @deprecated Use celda.cell.v1.SubmitWorkMasterDraftResponse.$Properties instead.
             */
            interface ISubmitWorkMasterDraftResponse extends celda.cell.v1.SubmitWorkMasterDraftResponse.$Properties {
            }

            /** Represents a SubmitWorkMasterDraftResponse. */
            class SubmitWorkMasterDraftResponse {

                /**
                 * Constructs a new SubmitWorkMasterDraftResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.SubmitWorkMasterDraftResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SubmitWorkMasterDraftResponse workMaster. */
                workMaster: celda.cell.v1.WorkMasterEntry;

                /** SubmitWorkMasterDraftResponse configHash. */
                configHash: string;

                /** SubmitWorkMasterDraftResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified SubmitWorkMasterDraftResponse message. Does not implicitly {@link celda.cell.v1.SubmitWorkMasterDraftResponse.verify|verify} messages.
                 * @param message SubmitWorkMasterDraftResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.SubmitWorkMasterDraftResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SubmitWorkMasterDraftResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.SubmitWorkMasterDraftResponse & celda.cell.v1.SubmitWorkMasterDraftResponse.$Shape} SubmitWorkMasterDraftResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.SubmitWorkMasterDraftResponse & celda.cell.v1.SubmitWorkMasterDraftResponse.$Shape;
            }

            namespace SubmitWorkMasterDraftResponse {

                /** Properties of a SubmitWorkMasterDraftResponse. */
                interface $Properties {

                    /** SubmitWorkMasterDraftResponse workMaster */
                    workMaster?: celda.cell.v1.WorkMasterEntry.$Properties;

                    /** SubmitWorkMasterDraftResponse configHash */
                    configHash?: string;

                    /** SubmitWorkMasterDraftResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SubmitWorkMasterDraftResponse. */
                type $Shape = {
                  workMaster?: celda.cell.v1.WorkMasterEntry.$Shape;
                  configHash?: string;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an ApproveWorkMasterRequest.
             * @deprecated Use celda.cell.v1.ApproveWorkMasterRequest.$Properties instead.
             */
            interface IApproveWorkMasterRequest extends celda.cell.v1.ApproveWorkMasterRequest.$Properties {
            }

            /** Represents an ApproveWorkMasterRequest. */
            class ApproveWorkMasterRequest {

                /**
                 * Constructs a new ApproveWorkMasterRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ApproveWorkMasterRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApproveWorkMasterRequest requestId. */
                requestId: string;

                /** ApproveWorkMasterRequest id. */
                id: string;

                /** ApproveWorkMasterRequest version. */
                version: string;

                /** ApproveWorkMasterRequest etag. */
                etag: string;

                /** ApproveWorkMasterRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified ApproveWorkMasterRequest message. Does not implicitly {@link celda.cell.v1.ApproveWorkMasterRequest.verify|verify} messages.
                 * @param message ApproveWorkMasterRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ApproveWorkMasterRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApproveWorkMasterRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ApproveWorkMasterRequest & celda.cell.v1.ApproveWorkMasterRequest.$Shape} ApproveWorkMasterRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ApproveWorkMasterRequest & celda.cell.v1.ApproveWorkMasterRequest.$Shape;
            }

            namespace ApproveWorkMasterRequest {

                /** Properties of an ApproveWorkMasterRequest. */
                interface $Properties {

                    /** ApproveWorkMasterRequest requestId */
                    requestId?: string;

                    /** ApproveWorkMasterRequest id */
                    id?: string;

                    /** ApproveWorkMasterRequest version */
                    version?: string;

                    /** ApproveWorkMasterRequest etag */
                    etag?: string;

                    /** ApproveWorkMasterRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApproveWorkMasterRequest. */
                type $Shape = celda.cell.v1.ApproveWorkMasterRequest.$Properties;
            }

            /**
             * Properties of an ApproveWorkMasterResponse.
             * @deprecated Use celda.cell.v1.ApproveWorkMasterResponse.$Properties instead.
             */
            interface IApproveWorkMasterResponse extends celda.cell.v1.ApproveWorkMasterResponse.$Properties {
            }

            /** Represents an ApproveWorkMasterResponse. */
            class ApproveWorkMasterResponse {

                /**
                 * Constructs a new ApproveWorkMasterResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ApproveWorkMasterResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ApproveWorkMasterResponse workMaster. */
                workMaster: celda.cell.v1.WorkMasterEntry;

                /** ApproveWorkMasterResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified ApproveWorkMasterResponse message. Does not implicitly {@link celda.cell.v1.ApproveWorkMasterResponse.verify|verify} messages.
                 * @param message ApproveWorkMasterResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ApproveWorkMasterResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ApproveWorkMasterResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ApproveWorkMasterResponse & celda.cell.v1.ApproveWorkMasterResponse.$Shape} ApproveWorkMasterResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ApproveWorkMasterResponse & celda.cell.v1.ApproveWorkMasterResponse.$Shape;
            }

            namespace ApproveWorkMasterResponse {

                /** Properties of an ApproveWorkMasterResponse. */
                interface $Properties {

                    /** ApproveWorkMasterResponse workMaster */
                    workMaster?: celda.cell.v1.WorkMasterEntry.$Properties;

                    /** ApproveWorkMasterResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ApproveWorkMasterResponse. */
                type $Shape = {
                  workMaster?: celda.cell.v1.WorkMasterEntry.$Shape;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a DiscardWorkMasterDraftRequest.
             * @deprecated Use celda.cell.v1.DiscardWorkMasterDraftRequest.$Properties instead.
             */
            interface IDiscardWorkMasterDraftRequest extends celda.cell.v1.DiscardWorkMasterDraftRequest.$Properties {
            }

            /** Represents a DiscardWorkMasterDraftRequest. */
            class DiscardWorkMasterDraftRequest {

                /**
                 * Constructs a new DiscardWorkMasterDraftRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.DiscardWorkMasterDraftRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DiscardWorkMasterDraftRequest requestId. */
                requestId: string;

                /** DiscardWorkMasterDraftRequest id. */
                id: string;

                /** DiscardWorkMasterDraftRequest version. */
                version: string;

                /** DiscardWorkMasterDraftRequest etag. */
                etag: string;

                /** DiscardWorkMasterDraftRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified DiscardWorkMasterDraftRequest message. Does not implicitly {@link celda.cell.v1.DiscardWorkMasterDraftRequest.verify|verify} messages.
                 * @param message DiscardWorkMasterDraftRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.DiscardWorkMasterDraftRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DiscardWorkMasterDraftRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.DiscardWorkMasterDraftRequest & celda.cell.v1.DiscardWorkMasterDraftRequest.$Shape} DiscardWorkMasterDraftRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.DiscardWorkMasterDraftRequest & celda.cell.v1.DiscardWorkMasterDraftRequest.$Shape;
            }

            namespace DiscardWorkMasterDraftRequest {

                /** Properties of a DiscardWorkMasterDraftRequest. */
                interface $Properties {

                    /** DiscardWorkMasterDraftRequest requestId */
                    requestId?: string;

                    /** DiscardWorkMasterDraftRequest id */
                    id?: string;

                    /** DiscardWorkMasterDraftRequest version */
                    version?: string;

                    /** DiscardWorkMasterDraftRequest etag */
                    etag?: string;

                    /** DiscardWorkMasterDraftRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DiscardWorkMasterDraftRequest. */
                type $Shape = celda.cell.v1.DiscardWorkMasterDraftRequest.$Properties;
            }

            /**
             * Properties of a DiscardWorkMasterDraftResponse.
             * @deprecated Use celda.cell.v1.DiscardWorkMasterDraftResponse.$Properties instead.
             */
            interface IDiscardWorkMasterDraftResponse extends celda.cell.v1.DiscardWorkMasterDraftResponse.$Properties {
            }

            /** Represents a DiscardWorkMasterDraftResponse. */
            class DiscardWorkMasterDraftResponse {

                /**
                 * Constructs a new DiscardWorkMasterDraftResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.DiscardWorkMasterDraftResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** DiscardWorkMasterDraftResponse workMaster. */
                workMaster: celda.cell.v1.WorkMasterEntry;

                /** DiscardWorkMasterDraftResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified DiscardWorkMasterDraftResponse message. Does not implicitly {@link celda.cell.v1.DiscardWorkMasterDraftResponse.verify|verify} messages.
                 * @param message DiscardWorkMasterDraftResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.DiscardWorkMasterDraftResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a DiscardWorkMasterDraftResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.DiscardWorkMasterDraftResponse & celda.cell.v1.DiscardWorkMasterDraftResponse.$Shape} DiscardWorkMasterDraftResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.DiscardWorkMasterDraftResponse & celda.cell.v1.DiscardWorkMasterDraftResponse.$Shape;
            }

            namespace DiscardWorkMasterDraftResponse {

                /** Properties of a DiscardWorkMasterDraftResponse. */
                interface $Properties {

                    /** DiscardWorkMasterDraftResponse workMaster */
                    workMaster?: celda.cell.v1.WorkMasterEntry.$Properties;

                    /** DiscardWorkMasterDraftResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a DiscardWorkMasterDraftResponse. */
                type $Shape = {
                  workMaster?: celda.cell.v1.WorkMasterEntry.$Shape;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a RetireWorkMasterRequest.
             * @deprecated Use celda.cell.v1.RetireWorkMasterRequest.$Properties instead.
             */
            interface IRetireWorkMasterRequest extends celda.cell.v1.RetireWorkMasterRequest.$Properties {
            }

            /** Represents a RetireWorkMasterRequest. */
            class RetireWorkMasterRequest {

                /**
                 * Constructs a new RetireWorkMasterRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.RetireWorkMasterRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RetireWorkMasterRequest requestId. */
                requestId: string;

                /** RetireWorkMasterRequest id. */
                id: string;

                /** RetireWorkMasterRequest version. */
                version: string;

                /** RetireWorkMasterRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified RetireWorkMasterRequest message. Does not implicitly {@link celda.cell.v1.RetireWorkMasterRequest.verify|verify} messages.
                 * @param message RetireWorkMasterRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.RetireWorkMasterRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RetireWorkMasterRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.RetireWorkMasterRequest & celda.cell.v1.RetireWorkMasterRequest.$Shape} RetireWorkMasterRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.RetireWorkMasterRequest & celda.cell.v1.RetireWorkMasterRequest.$Shape;
            }

            namespace RetireWorkMasterRequest {

                /** Properties of a RetireWorkMasterRequest. */
                interface $Properties {

                    /** RetireWorkMasterRequest requestId */
                    requestId?: string;

                    /** RetireWorkMasterRequest id */
                    id?: string;

                    /** RetireWorkMasterRequest version */
                    version?: string;

                    /** RetireWorkMasterRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RetireWorkMasterRequest. */
                type $Shape = celda.cell.v1.RetireWorkMasterRequest.$Properties;
            }

            /**
             * Properties of a RetireWorkMasterResponse.
             * @deprecated Use celda.cell.v1.RetireWorkMasterResponse.$Properties instead.
             */
            interface IRetireWorkMasterResponse extends celda.cell.v1.RetireWorkMasterResponse.$Properties {
            }

            /** Represents a RetireWorkMasterResponse. */
            class RetireWorkMasterResponse {

                /**
                 * Constructs a new RetireWorkMasterResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.RetireWorkMasterResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RetireWorkMasterResponse workMaster. */
                workMaster: celda.cell.v1.WorkMasterEntry;

                /** RetireWorkMasterResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified RetireWorkMasterResponse message. Does not implicitly {@link celda.cell.v1.RetireWorkMasterResponse.verify|verify} messages.
                 * @param message RetireWorkMasterResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.RetireWorkMasterResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RetireWorkMasterResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.RetireWorkMasterResponse & celda.cell.v1.RetireWorkMasterResponse.$Shape} RetireWorkMasterResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.RetireWorkMasterResponse & celda.cell.v1.RetireWorkMasterResponse.$Shape;
            }

            namespace RetireWorkMasterResponse {

                /** Properties of a RetireWorkMasterResponse. */
                interface $Properties {

                    /** RetireWorkMasterResponse workMaster */
                    workMaster?: celda.cell.v1.WorkMasterEntry.$Properties;

                    /** RetireWorkMasterResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RetireWorkMasterResponse. */
                type $Shape = {
                  workMaster?: celda.cell.v1.WorkMasterEntry.$Shape;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ReinstateWorkMasterRequest.
             * @deprecated Use celda.cell.v1.ReinstateWorkMasterRequest.$Properties instead.
             */
            interface IReinstateWorkMasterRequest extends celda.cell.v1.ReinstateWorkMasterRequest.$Properties {
            }

            /** Represents a ReinstateWorkMasterRequest. */
            class ReinstateWorkMasterRequest {

                /**
                 * Constructs a new ReinstateWorkMasterRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ReinstateWorkMasterRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReinstateWorkMasterRequest requestId. */
                requestId: string;

                /** ReinstateWorkMasterRequest id. */
                id: string;

                /** ReinstateWorkMasterRequest version. */
                version: string;

                /** ReinstateWorkMasterRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified ReinstateWorkMasterRequest message. Does not implicitly {@link celda.cell.v1.ReinstateWorkMasterRequest.verify|verify} messages.
                 * @param message ReinstateWorkMasterRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ReinstateWorkMasterRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReinstateWorkMasterRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ReinstateWorkMasterRequest & celda.cell.v1.ReinstateWorkMasterRequest.$Shape} ReinstateWorkMasterRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ReinstateWorkMasterRequest & celda.cell.v1.ReinstateWorkMasterRequest.$Shape;
            }

            namespace ReinstateWorkMasterRequest {

                /** Properties of a ReinstateWorkMasterRequest. */
                interface $Properties {

                    /** ReinstateWorkMasterRequest requestId */
                    requestId?: string;

                    /** ReinstateWorkMasterRequest id */
                    id?: string;

                    /** ReinstateWorkMasterRequest version */
                    version?: string;

                    /** ReinstateWorkMasterRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReinstateWorkMasterRequest. */
                type $Shape = celda.cell.v1.ReinstateWorkMasterRequest.$Properties;
            }

            /**
             * Properties of a ReinstateWorkMasterResponse.
             * @deprecated Use celda.cell.v1.ReinstateWorkMasterResponse.$Properties instead.
             */
            interface IReinstateWorkMasterResponse extends celda.cell.v1.ReinstateWorkMasterResponse.$Properties {
            }

            /** Represents a ReinstateWorkMasterResponse. */
            class ReinstateWorkMasterResponse {

                /**
                 * Constructs a new ReinstateWorkMasterResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.cell.v1.ReinstateWorkMasterResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReinstateWorkMasterResponse workMaster. */
                workMaster: celda.cell.v1.WorkMasterEntry;

                /** ReinstateWorkMasterResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified ReinstateWorkMasterResponse message. Does not implicitly {@link celda.cell.v1.ReinstateWorkMasterResponse.verify|verify} messages.
                 * @param message ReinstateWorkMasterResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.cell.v1.ReinstateWorkMasterResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReinstateWorkMasterResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.cell.v1.ReinstateWorkMasterResponse & celda.cell.v1.ReinstateWorkMasterResponse.$Shape} ReinstateWorkMasterResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.cell.v1.ReinstateWorkMasterResponse & celda.cell.v1.ReinstateWorkMasterResponse.$Shape;
            }

            namespace ReinstateWorkMasterResponse {

                /** Properties of a ReinstateWorkMasterResponse. */
                interface $Properties {

                    /** ReinstateWorkMasterResponse workMaster */
                    workMaster?: celda.cell.v1.WorkMasterEntry.$Properties;

                    /** ReinstateWorkMasterResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReinstateWorkMasterResponse. */
                type $Shape = {
                  workMaster?: celda.cell.v1.WorkMasterEntry.$Shape;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }
        }
    }

    /** Namespace job. */
    namespace job {

        /** Namespace v1. */
        namespace v1 {

            /** JobState enum. */
            enum JobState {

                /** JOB_STATE_UNSPECIFIED value */
                JOB_STATE_UNSPECIFIED = 0,

                /** JOB_STATE_NOT_ALLOWED_TO_START value */
                JOB_STATE_NOT_ALLOWED_TO_START = 1,

                /** JOB_STATE_ALLOWED_TO_START value */
                JOB_STATE_ALLOWED_TO_START = 2,

                /** JOB_STATE_RUNNING value */
                JOB_STATE_RUNNING = 3,

                /** JOB_STATE_INTERRUPTED value */
                JOB_STATE_INTERRUPTED = 4,

                /** JOB_STATE_ENDED value */
                JOB_STATE_ENDED = 5,

                /** JOB_STATE_ABORTED value */
                JOB_STATE_ABORTED = 6
            }

            /** PrepareSubstate enum. */
            enum PrepareSubstate {

                /** PREPARE_SUBSTATE_UNSPECIFIED value */
                PREPARE_SUBSTATE_UNSPECIFIED = 0,

                /** PREPARE_SUBSTATE_WAITING value */
                PREPARE_SUBSTATE_WAITING = 1,

                /** PREPARE_SUBSTATE_READY value */
                PREPARE_SUBSTATE_READY = 2,

                /** PREPARE_SUBSTATE_LOADED value */
                PREPARE_SUBSTATE_LOADED = 3
            }

            /** InterruptedSubstate enum. */
            enum InterruptedSubstate {

                /** INTERRUPTED_SUBSTATE_UNSPECIFIED value */
                INTERRUPTED_SUBSTATE_UNSPECIFIED = 0,

                /** INTERRUPTED_SUBSTATE_HELD value */
                INTERRUPTED_SUBSTATE_HELD = 1,

                /** INTERRUPTED_SUBSTATE_SUSPENDED value */
                INTERRUPTED_SUBSTATE_SUSPENDED = 2
            }

            /** EndedSubstate enum. */
            enum EndedSubstate {

                /** ENDED_SUBSTATE_UNSPECIFIED value */
                ENDED_SUBSTATE_UNSPECIFIED = 0,

                /** ENDED_SUBSTATE_COMPLETED value */
                ENDED_SUBSTATE_COMPLETED = 1,

                /** ENDED_SUBSTATE_CLOSED value */
                ENDED_SUBSTATE_CLOSED = 2
            }

            /** JobResult enum. */
            enum JobResult {

                /** JOB_RESULT_UNSPECIFIED value */
                JOB_RESULT_UNSPECIFIED = 0,

                /** JOB_RESULT_UNKNOWN value */
                JOB_RESULT_UNKNOWN = 1,

                /** JOB_RESULT_SUCCESSFUL value */
                JOB_RESULT_SUCCESSFUL = 2,

                /** JOB_RESULT_UNSUCCESSFUL value */
                JOB_RESULT_UNSUCCESSFUL = 3
            }

            /**
             * Properties of a LocalizedText.
             * @deprecated Use celda.job.v1.LocalizedText.$Properties instead.
             */
            interface ILocalizedText extends celda.job.v1.LocalizedText.$Properties {
            }

            /** Represents a LocalizedText. */
            class LocalizedText {

                /**
                 * Constructs a new LocalizedText.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.LocalizedText.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LocalizedText locale. */
                locale: string;

                /** LocalizedText text. */
                text: string;

                /**
                 * Encodes the specified LocalizedText message. Does not implicitly {@link celda.job.v1.LocalizedText.verify|verify} messages.
                 * @param message LocalizedText message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.LocalizedText.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LocalizedText message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.LocalizedText & celda.job.v1.LocalizedText.$Shape} LocalizedText
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.LocalizedText & celda.job.v1.LocalizedText.$Shape;
            }

            namespace LocalizedText {

                /** Properties of a LocalizedText. */
                interface $Properties {

                    /** LocalizedText locale */
                    locale?: string;

                    /** LocalizedText text */
                    text?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LocalizedText. */
                type $Shape = celda.job.v1.LocalizedText.$Properties;
            }

            /**
             * Properties of a Value.
             * @deprecated Use celda.job.v1.Value.$Properties instead.
             */
            interface IValue extends celda.job.v1.Value.$Properties {
            }

            /** Represents a Value. */
            class Value {

                /**
                 * Constructs a new Value.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.Value.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Value boolValue. */
                boolValue: (boolean|null);

                /** Value int64Value. */
                int64Value: (Long|null);

                /** Value uint64Value. */
                uint64Value: (Long|null);

                /** Value doubleValue. */
                doubleValue: (number|null);

                /** Value stringValue. */
                stringValue: (string|null);

                /** Value timestampValue. */
                timestampValue: (google.protobuf.Timestamp|null);

                /** Value durationValue. */
                durationValue: (google.protobuf.Duration|null);

                /** Value textValue. */
                textValue: (celda.job.v1.LocalizedText|null);

                /** Value listValue. */
                listValue: (celda.job.v1.ValueList|null);

                /** Value kind. */
                kind?: ("boolValue"|"int64Value"|"uint64Value"|"doubleValue"|"stringValue"|"timestampValue"|"durationValue"|"textValue"|"listValue");

                /**
                 * Encodes the specified Value message. Does not implicitly {@link celda.job.v1.Value.verify|verify} messages.
                 * @param message Value message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.Value.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Value message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.Value & celda.job.v1.Value.$Shape} Value
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.Value & celda.job.v1.Value.$Shape;
            }

            namespace Value {

                /** Properties of a Value. */
                interface $Properties {

                    /** Value boolValue */
                    boolValue?: (boolean|null);

                    /** Value int64Value */
                    int64Value?: (Long|null);

                    /** Value uint64Value */
                    uint64Value?: (Long|null);

                    /** Value doubleValue */
                    doubleValue?: (number|null);

                    /** Value stringValue */
                    stringValue?: (string|null);

                    /** Value timestampValue */
                    timestampValue?: (google.protobuf.Timestamp.$Properties|null);

                    /** Value durationValue */
                    durationValue?: (google.protobuf.Duration.$Properties|null);

                    /** Value textValue */
                    textValue?: (celda.job.v1.LocalizedText.$Properties|null);

                    /** Value listValue */
                    listValue?: (celda.job.v1.ValueList.$Properties|null);

                    /** Value kind */
                    kind?: ("boolValue"|"int64Value"|"uint64Value"|"doubleValue"|"stringValue"|"timestampValue"|"durationValue"|"textValue"|"listValue");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Value. */
                type $Shape = {
                  boolValue?: boolean|null;
                  int64Value?: Long|null;
                  uint64Value?: Long|null;
                  doubleValue?: number|null;
                  stringValue?: string|null;
                  timestampValue?: google.protobuf.Timestamp.$Shape|null;
                  durationValue?: google.protobuf.Duration.$Shape|null;
                  textValue?: celda.job.v1.LocalizedText.$Shape|null;
                  listValue?: celda.job.v1.ValueList.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ kind?: undefined; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "boolValue"; boolValue: boolean; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "int64Value"; boolValue?: null; int64Value: Long; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "uint64Value"; boolValue?: null; int64Value?: null; uint64Value: Long; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "doubleValue"; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue: number; stringValue?: null; timestampValue?: null; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "stringValue"; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue: string; timestampValue?: null; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "timestampValue"; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue: google.protobuf.Timestamp.$Shape; durationValue?: null; textValue?: null; listValue?: null }|{ kind?: "durationValue"; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue: google.protobuf.Duration.$Shape; textValue?: null; listValue?: null }|{ kind?: "textValue"; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue?: null; textValue: celda.job.v1.LocalizedText.$Shape; listValue?: null }|{ kind?: "listValue"; boolValue?: null; int64Value?: null; uint64Value?: null; doubleValue?: null; stringValue?: null; timestampValue?: null; durationValue?: null; textValue?: null; listValue: celda.job.v1.ValueList.$Shape })
                );
            }

            /**
             * Properties of a ValueList.
             * @deprecated Use celda.job.v1.ValueList.$Properties instead.
             */
            interface IValueList extends celda.job.v1.ValueList.$Properties {
            }

            /** Represents a ValueList. */
            class ValueList {

                /**
                 * Constructs a new ValueList.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ValueList.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ValueList values. */
                values: celda.job.v1.Value[];

                /**
                 * Encodes the specified ValueList message. Does not implicitly {@link celda.job.v1.ValueList.verify|verify} messages.
                 * @param message ValueList message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ValueList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ValueList message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ValueList & celda.job.v1.ValueList.$Shape} ValueList
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ValueList & celda.job.v1.ValueList.$Shape;
            }

            namespace ValueList {

                /** Properties of a ValueList. */
                interface $Properties {

                    /** ValueList values */
                    values?: celda.job.v1.Value.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ValueList. */
                type $Shape = {
                  values?: celda.job.v1.Value.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an EngineeringUnits.
             * @deprecated Use celda.job.v1.EngineeringUnits.$Properties instead.
             */
            interface IEngineeringUnits extends celda.job.v1.EngineeringUnits.$Properties {
            }

            /** Represents an EngineeringUnits. */
            class EngineeringUnits {

                /**
                 * Constructs a new EngineeringUnits.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.EngineeringUnits.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EngineeringUnits namespaceUri. */
                namespaceUri: string;

                /** EngineeringUnits unitId. */
                unitId: number;

                /** EngineeringUnits displayName. */
                displayName: string;

                /** EngineeringUnits description. */
                description: string;

                /**
                 * Encodes the specified EngineeringUnits message. Does not implicitly {@link celda.job.v1.EngineeringUnits.verify|verify} messages.
                 * @param message EngineeringUnits message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.EngineeringUnits.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EngineeringUnits message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.EngineeringUnits & celda.job.v1.EngineeringUnits.$Shape} EngineeringUnits
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.EngineeringUnits & celda.job.v1.EngineeringUnits.$Shape;
            }

            namespace EngineeringUnits {

                /** Properties of an EngineeringUnits. */
                interface $Properties {

                    /** EngineeringUnits namespaceUri */
                    namespaceUri?: string;

                    /** EngineeringUnits unitId */
                    unitId?: number;

                    /** EngineeringUnits displayName */
                    displayName?: string;

                    /** EngineeringUnits description */
                    description?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EngineeringUnits. */
                type $Shape = celda.job.v1.EngineeringUnits.$Properties;
            }

            /**
             * Properties of a Parameter.
             * @deprecated Use celda.job.v1.Parameter.$Properties instead.
             */
            interface IParameter extends celda.job.v1.Parameter.$Properties {
            }

            /** Represents a Parameter. */
            class Parameter {

                /**
                 * Constructs a new Parameter.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.Parameter.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Parameter id. */
                id: string;

                /** Parameter value. */
                value: celda.job.v1.Value;

                /** Parameter descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** Parameter unit. */
                unit: string;

                /** Parameter engineeringUnits. */
                engineeringUnits: celda.job.v1.EngineeringUnits;

                /** Parameter subparameters. */
                subparameters: celda.job.v1.Parameter[];

                /**
                 * Encodes the specified Parameter message. Does not implicitly {@link celda.job.v1.Parameter.verify|verify} messages.
                 * @param message Parameter message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.Parameter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Parameter message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.Parameter & celda.job.v1.Parameter.$Shape} Parameter
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.Parameter & celda.job.v1.Parameter.$Shape;
            }

            namespace Parameter {

                /** Properties of a Parameter. */
                interface $Properties {

                    /** Parameter id */
                    id?: string;

                    /** Parameter value */
                    value?: celda.job.v1.Value.$Properties;

                    /** Parameter descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** Parameter unit */
                    unit?: string;

                    /** Parameter engineeringUnits */
                    engineeringUnits?: celda.job.v1.EngineeringUnits.$Properties;

                    /** Parameter subparameters */
                    subparameters?: celda.job.v1.Parameter.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Parameter. */
                type $Shape = {
                  id?: string;
                  value?: celda.job.v1.Value.$Shape;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  unit?: string;
                  engineeringUnits?: celda.job.v1.EngineeringUnits.$Shape;
                  subparameters?: celda.job.v1.Parameter.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a WorkMasterRef.
             * @deprecated Use celda.job.v1.WorkMasterRef.$Properties instead.
             */
            interface IWorkMasterRef extends celda.job.v1.WorkMasterRef.$Properties {
            }

            /** Represents a WorkMasterRef. */
            class WorkMasterRef {

                /**
                 * Constructs a new WorkMasterRef.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.WorkMasterRef.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkMasterRef id. */
                id: string;

                /** WorkMasterRef version. */
                version: string;

                /**
                 * Encodes the specified WorkMasterRef message. Does not implicitly {@link celda.job.v1.WorkMasterRef.verify|verify} messages.
                 * @param message WorkMasterRef message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.WorkMasterRef.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkMasterRef message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.WorkMasterRef & celda.job.v1.WorkMasterRef.$Shape} WorkMasterRef
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.WorkMasterRef & celda.job.v1.WorkMasterRef.$Shape;
            }

            namespace WorkMasterRef {

                /** Properties of a WorkMasterRef. */
                interface $Properties {

                    /** WorkMasterRef id */
                    id?: string;

                    /** WorkMasterRef version */
                    version?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkMasterRef. */
                type $Shape = celda.job.v1.WorkMasterRef.$Properties;
            }

            /**
             * Properties of a PersonnelRequirement.
             * @deprecated Use celda.job.v1.PersonnelRequirement.$Properties instead.
             */
            interface IPersonnelRequirement extends celda.job.v1.PersonnelRequirement.$Properties {
            }

            /** Represents a PersonnelRequirement. */
            class PersonnelRequirement {

                /**
                 * Constructs a new PersonnelRequirement.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.PersonnelRequirement.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PersonnelRequirement id. */
                id: string;

                /** PersonnelRequirement descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** PersonnelRequirement personnelUse. */
                personnelUse: string;

                /** PersonnelRequirement quantity. */
                quantity: string;

                /** PersonnelRequirement engineeringUnits. */
                engineeringUnits: celda.job.v1.EngineeringUnits;

                /** PersonnelRequirement properties. */
                properties: celda.job.v1.Parameter[];

                /**
                 * Encodes the specified PersonnelRequirement message. Does not implicitly {@link celda.job.v1.PersonnelRequirement.verify|verify} messages.
                 * @param message PersonnelRequirement message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.PersonnelRequirement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PersonnelRequirement message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.PersonnelRequirement & celda.job.v1.PersonnelRequirement.$Shape} PersonnelRequirement
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.PersonnelRequirement & celda.job.v1.PersonnelRequirement.$Shape;
            }

            namespace PersonnelRequirement {

                /** Properties of a PersonnelRequirement. */
                interface $Properties {

                    /** PersonnelRequirement id */
                    id?: string;

                    /** PersonnelRequirement descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** PersonnelRequirement personnelUse */
                    personnelUse?: string;

                    /** PersonnelRequirement quantity */
                    quantity?: string;

                    /** PersonnelRequirement engineeringUnits */
                    engineeringUnits?: celda.job.v1.EngineeringUnits.$Properties;

                    /** PersonnelRequirement properties */
                    properties?: celda.job.v1.Parameter.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PersonnelRequirement. */
                type $Shape = {
                  id?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  personnelUse?: string;
                  quantity?: string;
                  engineeringUnits?: celda.job.v1.EngineeringUnits.$Shape;
                  properties?: celda.job.v1.Parameter.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an EquipmentRequirement.
             * @deprecated Use celda.job.v1.EquipmentRequirement.$Properties instead.
             */
            interface IEquipmentRequirement extends celda.job.v1.EquipmentRequirement.$Properties {
            }

            /** Represents an EquipmentRequirement. */
            class EquipmentRequirement {

                /**
                 * Constructs a new EquipmentRequirement.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.EquipmentRequirement.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EquipmentRequirement id. */
                id: string;

                /** EquipmentRequirement descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** EquipmentRequirement equipmentUse. */
                equipmentUse: string;

                /** EquipmentRequirement quantity. */
                quantity: string;

                /** EquipmentRequirement engineeringUnits. */
                engineeringUnits: celda.job.v1.EngineeringUnits;

                /** EquipmentRequirement properties. */
                properties: celda.job.v1.Parameter[];

                /**
                 * Encodes the specified EquipmentRequirement message. Does not implicitly {@link celda.job.v1.EquipmentRequirement.verify|verify} messages.
                 * @param message EquipmentRequirement message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.EquipmentRequirement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EquipmentRequirement message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.EquipmentRequirement & celda.job.v1.EquipmentRequirement.$Shape} EquipmentRequirement
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.EquipmentRequirement & celda.job.v1.EquipmentRequirement.$Shape;
            }

            namespace EquipmentRequirement {

                /** Properties of an EquipmentRequirement. */
                interface $Properties {

                    /** EquipmentRequirement id */
                    id?: string;

                    /** EquipmentRequirement descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** EquipmentRequirement equipmentUse */
                    equipmentUse?: string;

                    /** EquipmentRequirement quantity */
                    quantity?: string;

                    /** EquipmentRequirement engineeringUnits */
                    engineeringUnits?: celda.job.v1.EngineeringUnits.$Properties;

                    /** EquipmentRequirement properties */
                    properties?: celda.job.v1.Parameter.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EquipmentRequirement. */
                type $Shape = {
                  id?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  equipmentUse?: string;
                  quantity?: string;
                  engineeringUnits?: celda.job.v1.EngineeringUnits.$Shape;
                  properties?: celda.job.v1.Parameter.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a PhysicalAssetRequirement.
             * @deprecated Use celda.job.v1.PhysicalAssetRequirement.$Properties instead.
             */
            interface IPhysicalAssetRequirement extends celda.job.v1.PhysicalAssetRequirement.$Properties {
            }

            /** Represents a PhysicalAssetRequirement. */
            class PhysicalAssetRequirement {

                /**
                 * Constructs a new PhysicalAssetRequirement.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.PhysicalAssetRequirement.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PhysicalAssetRequirement id. */
                id: string;

                /** PhysicalAssetRequirement descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** PhysicalAssetRequirement physicalAssetUse. */
                physicalAssetUse: string;

                /** PhysicalAssetRequirement quantity. */
                quantity: string;

                /** PhysicalAssetRequirement engineeringUnits. */
                engineeringUnits: celda.job.v1.EngineeringUnits;

                /** PhysicalAssetRequirement properties. */
                properties: celda.job.v1.Parameter[];

                /**
                 * Encodes the specified PhysicalAssetRequirement message. Does not implicitly {@link celda.job.v1.PhysicalAssetRequirement.verify|verify} messages.
                 * @param message PhysicalAssetRequirement message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.PhysicalAssetRequirement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PhysicalAssetRequirement message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.PhysicalAssetRequirement & celda.job.v1.PhysicalAssetRequirement.$Shape} PhysicalAssetRequirement
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.PhysicalAssetRequirement & celda.job.v1.PhysicalAssetRequirement.$Shape;
            }

            namespace PhysicalAssetRequirement {

                /** Properties of a PhysicalAssetRequirement. */
                interface $Properties {

                    /** PhysicalAssetRequirement id */
                    id?: string;

                    /** PhysicalAssetRequirement descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** PhysicalAssetRequirement physicalAssetUse */
                    physicalAssetUse?: string;

                    /** PhysicalAssetRequirement quantity */
                    quantity?: string;

                    /** PhysicalAssetRequirement engineeringUnits */
                    engineeringUnits?: celda.job.v1.EngineeringUnits.$Properties;

                    /** PhysicalAssetRequirement properties */
                    properties?: celda.job.v1.Parameter.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PhysicalAssetRequirement. */
                type $Shape = {
                  id?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  physicalAssetUse?: string;
                  quantity?: string;
                  engineeringUnits?: celda.job.v1.EngineeringUnits.$Shape;
                  properties?: celda.job.v1.Parameter.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a MaterialRequirement.
             * @deprecated Use celda.job.v1.MaterialRequirement.$Properties instead.
             */
            interface IMaterialRequirement extends celda.job.v1.MaterialRequirement.$Properties {
            }

            /** Represents a MaterialRequirement. */
            class MaterialRequirement {

                /**
                 * Constructs a new MaterialRequirement.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.MaterialRequirement.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** MaterialRequirement materialClassId. */
                materialClassId: string;

                /** MaterialRequirement materialDefinitionId. */
                materialDefinitionId: string;

                /** MaterialRequirement materialLotId. */
                materialLotId: string;

                /** MaterialRequirement materialSublotId. */
                materialSublotId: string;

                /** MaterialRequirement descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** MaterialRequirement materialUse. */
                materialUse: string;

                /** MaterialRequirement quantity. */
                quantity: string;

                /** MaterialRequirement engineeringUnits. */
                engineeringUnits: celda.job.v1.EngineeringUnits;

                /** MaterialRequirement properties. */
                properties: celda.job.v1.Parameter[];

                /**
                 * Encodes the specified MaterialRequirement message. Does not implicitly {@link celda.job.v1.MaterialRequirement.verify|verify} messages.
                 * @param message MaterialRequirement message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.MaterialRequirement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a MaterialRequirement message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.MaterialRequirement & celda.job.v1.MaterialRequirement.$Shape} MaterialRequirement
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.MaterialRequirement & celda.job.v1.MaterialRequirement.$Shape;
            }

            namespace MaterialRequirement {

                /** Properties of a MaterialRequirement. */
                interface $Properties {

                    /** MaterialRequirement materialClassId */
                    materialClassId?: string;

                    /** MaterialRequirement materialDefinitionId */
                    materialDefinitionId?: string;

                    /** MaterialRequirement materialLotId */
                    materialLotId?: string;

                    /** MaterialRequirement materialSublotId */
                    materialSublotId?: string;

                    /** MaterialRequirement descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** MaterialRequirement materialUse */
                    materialUse?: string;

                    /** MaterialRequirement quantity */
                    quantity?: string;

                    /** MaterialRequirement engineeringUnits */
                    engineeringUnits?: celda.job.v1.EngineeringUnits.$Properties;

                    /** MaterialRequirement properties */
                    properties?: celda.job.v1.Parameter.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a MaterialRequirement. */
                type $Shape = {
                  materialClassId?: string;
                  materialDefinitionId?: string;
                  materialLotId?: string;
                  materialSublotId?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  materialUse?: string;
                  quantity?: string;
                  engineeringUnits?: celda.job.v1.EngineeringUnits.$Shape;
                  properties?: celda.job.v1.Parameter.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a JobOrder.
             * @deprecated Use celda.job.v1.JobOrder.$Properties instead.
             */
            interface IJobOrder extends celda.job.v1.JobOrder.$Properties {
            }

            /** Represents a JobOrder. */
            class JobOrder {

                /**
                 * Constructs a new JobOrder.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.JobOrder.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JobOrder jobOrderId. */
                jobOrderId: string;

                /** JobOrder descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** JobOrder workMasterId. */
                workMasterId: string;

                /** JobOrder workMasterVersion. */
                workMasterVersion: string;

                /** JobOrder startTime. */
                startTime: google.protobuf.Timestamp;

                /** JobOrder endTime. */
                endTime: google.protobuf.Timestamp;

                /** JobOrder priority. */
                priority: number;

                /** JobOrder parameters. */
                parameters: celda.job.v1.Parameter[];

                /** JobOrder personnelRequirements. */
                personnelRequirements: celda.job.v1.PersonnelRequirement[];

                /** JobOrder equipmentRequirements. */
                equipmentRequirements: celda.job.v1.EquipmentRequirement[];

                /** JobOrder physicalAssetRequirements. */
                physicalAssetRequirements: celda.job.v1.PhysicalAssetRequirement[];

                /** JobOrder materialRequirements. */
                materialRequirements: celda.job.v1.MaterialRequirement[];

                /** JobOrder workMasterOptions. */
                workMasterOptions: celda.job.v1.WorkMasterRef[];

                /**
                 * Encodes the specified JobOrder message. Does not implicitly {@link celda.job.v1.JobOrder.verify|verify} messages.
                 * @param message JobOrder message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.JobOrder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JobOrder message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.JobOrder & celda.job.v1.JobOrder.$Shape} JobOrder
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.JobOrder & celda.job.v1.JobOrder.$Shape;
            }

            namespace JobOrder {

                /** Properties of a JobOrder. */
                interface $Properties {

                    /** JobOrder jobOrderId */
                    jobOrderId?: string;

                    /** JobOrder descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** JobOrder workMasterId */
                    workMasterId?: string;

                    /** JobOrder workMasterVersion */
                    workMasterVersion?: string;

                    /** JobOrder startTime */
                    startTime?: google.protobuf.Timestamp.$Properties;

                    /** JobOrder endTime */
                    endTime?: google.protobuf.Timestamp.$Properties;

                    /** JobOrder priority */
                    priority?: number;

                    /** JobOrder parameters */
                    parameters?: celda.job.v1.Parameter.$Properties[];

                    /** JobOrder personnelRequirements */
                    personnelRequirements?: celda.job.v1.PersonnelRequirement.$Properties[];

                    /** JobOrder equipmentRequirements */
                    equipmentRequirements?: celda.job.v1.EquipmentRequirement.$Properties[];

                    /** JobOrder physicalAssetRequirements */
                    physicalAssetRequirements?: celda.job.v1.PhysicalAssetRequirement.$Properties[];

                    /** JobOrder materialRequirements */
                    materialRequirements?: celda.job.v1.MaterialRequirement.$Properties[];

                    /** JobOrder workMasterOptions */
                    workMasterOptions?: celda.job.v1.WorkMasterRef.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JobOrder. */
                type $Shape = {
                  jobOrderId?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  workMasterId?: string;
                  workMasterVersion?: string;
                  startTime?: google.protobuf.Timestamp.$Shape;
                  endTime?: google.protobuf.Timestamp.$Shape;
                  priority?: number;
                  parameters?: celda.job.v1.Parameter.$Shape[];
                  personnelRequirements?: celda.job.v1.PersonnelRequirement.$Shape[];
                  equipmentRequirements?: celda.job.v1.EquipmentRequirement.$Shape[];
                  physicalAssetRequirements?: celda.job.v1.PhysicalAssetRequirement.$Shape[];
                  materialRequirements?: celda.job.v1.MaterialRequirement.$Shape[];
                  workMasterOptions?: celda.job.v1.WorkMasterRef.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a State.
             * @deprecated Use celda.job.v1.State.$Properties instead.
             */
            interface IState extends celda.job.v1.State.$Properties {
            }

            /** Represents a State. */
            class State {

                /**
                 * Constructs a new State.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.State.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** State browsePath. */
                browsePath: string[];

                /** State text. */
                text: string;

                /** State number. */
                number: number;

                /** State jobState. */
                jobState: (celda.job.v1.JobState|null);

                /** State prepareSubstate. */
                prepareSubstate: (celda.job.v1.PrepareSubstate|null);

                /** State interruptedSubstate. */
                interruptedSubstate: (celda.job.v1.InterruptedSubstate|null);

                /** State endedSubstate. */
                endedSubstate: (celda.job.v1.EndedSubstate|null);

                /** State value. */
                value?: ("jobState"|"prepareSubstate"|"interruptedSubstate"|"endedSubstate");

                /**
                 * Encodes the specified State message. Does not implicitly {@link celda.job.v1.State.verify|verify} messages.
                 * @param message State message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.State.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a State message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.State & celda.job.v1.State.$Shape} State
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.State & celda.job.v1.State.$Shape;
            }

            namespace State {

                /** Properties of a State. */
                interface $Properties {

                    /** State browsePath */
                    browsePath?: string[];

                    /** State text */
                    text?: string;

                    /** State number */
                    number?: number;

                    /** State jobState */
                    jobState?: (celda.job.v1.JobState|null);

                    /** State prepareSubstate */
                    prepareSubstate?: (celda.job.v1.PrepareSubstate|null);

                    /** State interruptedSubstate */
                    interruptedSubstate?: (celda.job.v1.InterruptedSubstate|null);

                    /** State endedSubstate */
                    endedSubstate?: (celda.job.v1.EndedSubstate|null);

                    /** State value */
                    value?: ("jobState"|"prepareSubstate"|"interruptedSubstate"|"endedSubstate");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a State. */
                type $Shape = {
                  browsePath?: string[];
                  text?: string;
                  number?: number;
                  jobState?: celda.job.v1.JobState|null;
                  prepareSubstate?: celda.job.v1.PrepareSubstate|null;
                  interruptedSubstate?: celda.job.v1.InterruptedSubstate|null;
                  endedSubstate?: celda.job.v1.EndedSubstate|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ value?: undefined; jobState?: null; prepareSubstate?: null; interruptedSubstate?: null; endedSubstate?: null }|{ value?: "jobState"; jobState: celda.job.v1.JobState; prepareSubstate?: null; interruptedSubstate?: null; endedSubstate?: null }|{ value?: "prepareSubstate"; jobState?: null; prepareSubstate: celda.job.v1.PrepareSubstate; interruptedSubstate?: null; endedSubstate?: null }|{ value?: "interruptedSubstate"; jobState?: null; prepareSubstate?: null; interruptedSubstate: celda.job.v1.InterruptedSubstate; endedSubstate?: null }|{ value?: "endedSubstate"; jobState?: null; prepareSubstate?: null; interruptedSubstate?: null; endedSubstate: celda.job.v1.EndedSubstate })
                );
            }

            /**
             * Properties of a Measurement.
             * @deprecated Use celda.job.v1.Measurement.$Properties instead.
             */
            interface IMeasurement extends celda.job.v1.Measurement.$Properties {
            }

            /** Represents a Measurement. */
            class Measurement {

                /**
                 * Constructs a new Measurement.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.Measurement.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Measurement id. */
                id: string;

                /** Measurement value. */
                value: number;

                /** Measurement unit. */
                unit: string;

                /** Measurement measureTime. */
                measureTime: google.protobuf.Timestamp;

                /**
                 * Encodes the specified Measurement message. Does not implicitly {@link celda.job.v1.Measurement.verify|verify} messages.
                 * @param message Measurement message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.Measurement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Measurement message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.Measurement & celda.job.v1.Measurement.$Shape} Measurement
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.Measurement & celda.job.v1.Measurement.$Shape;
            }

            namespace Measurement {

                /** Properties of a Measurement. */
                interface $Properties {

                    /** Measurement id */
                    id?: string;

                    /** Measurement value */
                    value?: number;

                    /** Measurement unit */
                    unit?: string;

                    /** Measurement measureTime */
                    measureTime?: google.protobuf.Timestamp.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Measurement. */
                type $Shape = celda.job.v1.Measurement.$Properties;
            }

            /**
             * Properties of a FaultReason.
             * @deprecated Use celda.job.v1.FaultReason.$Properties instead.
             */
            interface IFaultReason extends celda.job.v1.FaultReason.$Properties {
            }

            /** Represents a FaultReason. */
            class FaultReason {

                /**
                 * Constructs a new FaultReason.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.FaultReason.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FaultReason code. */
                code: number;

                /** FaultReason reason. */
                reason: string;

                /** FaultReason titles. */
                titles: celda.job.v1.LocalizedText[];

                /** FaultReason responses. */
                responses: celda.job.v1.LocalizedText[];

                /** FaultReason detail. */
                detail: { [k: string]: string };

                /**
                 * Encodes the specified FaultReason message. Does not implicitly {@link celda.job.v1.FaultReason.verify|verify} messages.
                 * @param message FaultReason message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.FaultReason.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FaultReason message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.FaultReason & celda.job.v1.FaultReason.$Shape} FaultReason
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.FaultReason & celda.job.v1.FaultReason.$Shape;
            }

            namespace FaultReason {

                /** Properties of a FaultReason. */
                interface $Properties {

                    /** FaultReason code */
                    code?: number;

                    /** FaultReason reason */
                    reason?: string;

                    /** FaultReason titles */
                    titles?: celda.job.v1.LocalizedText.$Properties[];

                    /** FaultReason responses */
                    responses?: celda.job.v1.LocalizedText.$Properties[];

                    /** FaultReason detail */
                    detail?: { [k: string]: string };

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FaultReason. */
                type $Shape = celda.job.v1.FaultReason.$Properties;
            }

            /**
             * Properties of a JobOrderAndState.
             * @deprecated Use celda.job.v1.JobOrderAndState.$Properties instead.
             */
            interface IJobOrderAndState extends celda.job.v1.JobOrderAndState.$Properties {
            }

            /** Represents a JobOrderAndState. */
            class JobOrderAndState {

                /**
                 * Constructs a new JobOrderAndState.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.JobOrderAndState.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JobOrderAndState jobOrder. */
                jobOrder: celda.job.v1.JobOrder;

                /** JobOrderAndState states. */
                states: celda.job.v1.State[];

                /** JobOrderAndState etag. */
                etag: string;

                /** JobOrderAndState revision. */
                revision: Long;

                /** JobOrderAndState storeTime. */
                storeTime: google.protobuf.Timestamp;

                /** JobOrderAndState startTime. */
                startTime: google.protobuf.Timestamp;

                /** JobOrderAndState endTime. */
                endTime: google.protobuf.Timestamp;

                /** JobOrderAndState producedQuantity. */
                producedQuantity: string;

                /** JobOrderAndState goodQuantity. */
                goodQuantity: string;

                /** JobOrderAndState measurements. */
                measurements: celda.job.v1.Measurement[];

                /** JobOrderAndState result. */
                result: celda.job.v1.JobResult;

                /** JobOrderAndState reason. */
                reason: celda.job.v1.FaultReason;

                /** JobOrderAndState executedWorkMasterVersion. */
                executedWorkMasterVersion: string;

                /** JobOrderAndState comment. */
                comment: string;

                /**
                 * Encodes the specified JobOrderAndState message. Does not implicitly {@link celda.job.v1.JobOrderAndState.verify|verify} messages.
                 * @param message JobOrderAndState message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.JobOrderAndState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JobOrderAndState message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.JobOrderAndState & celda.job.v1.JobOrderAndState.$Shape} JobOrderAndState
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.JobOrderAndState & celda.job.v1.JobOrderAndState.$Shape;
            }

            namespace JobOrderAndState {

                /** Properties of a JobOrderAndState. */
                interface $Properties {

                    /** JobOrderAndState jobOrder */
                    jobOrder?: celda.job.v1.JobOrder.$Properties;

                    /** JobOrderAndState states */
                    states?: celda.job.v1.State.$Properties[];

                    /** JobOrderAndState etag */
                    etag?: string;

                    /** JobOrderAndState revision */
                    revision?: Long;

                    /** JobOrderAndState storeTime */
                    storeTime?: google.protobuf.Timestamp.$Properties;

                    /** JobOrderAndState startTime */
                    startTime?: google.protobuf.Timestamp.$Properties;

                    /** JobOrderAndState endTime */
                    endTime?: google.protobuf.Timestamp.$Properties;

                    /** JobOrderAndState producedQuantity */
                    producedQuantity?: string;

                    /** JobOrderAndState goodQuantity */
                    goodQuantity?: string;

                    /** JobOrderAndState measurements */
                    measurements?: celda.job.v1.Measurement.$Properties[];

                    /** JobOrderAndState result */
                    result?: celda.job.v1.JobResult;

                    /** JobOrderAndState reason */
                    reason?: celda.job.v1.FaultReason.$Properties;

                    /** JobOrderAndState executedWorkMasterVersion */
                    executedWorkMasterVersion?: string;

                    /** JobOrderAndState comment */
                    comment?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JobOrderAndState. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrder.$Shape;
                  states?: celda.job.v1.State.$Shape[];
                  etag?: string;
                  revision?: Long;
                  storeTime?: google.protobuf.Timestamp.$Shape;
                  startTime?: google.protobuf.Timestamp.$Shape;
                  endTime?: google.protobuf.Timestamp.$Shape;
                  producedQuantity?: string;
                  goodQuantity?: string;
                  measurements?: celda.job.v1.Measurement.$Shape[];
                  result?: celda.job.v1.JobResult;
                  reason?: celda.job.v1.FaultReason.$Shape;
                  executedWorkMasterVersion?: string;
                  comment?: string;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a JobProgress.
             * @deprecated Use celda.job.v1.JobProgress.$Properties instead.
             */
            interface IJobProgress extends celda.job.v1.JobProgress.$Properties {
            }

            /** Represents a JobProgress. */
            class JobProgress {

                /**
                 * Constructs a new JobProgress.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.JobProgress.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JobProgress jobOrderId. */
                jobOrderId: string;

                /** JobProgress workMasterId. */
                workMasterId: string;

                /** JobProgress step. */
                step: string;

                /** JobProgress label. */
                label: string;

                /** JobProgress producedQuantity. */
                producedQuantity: string;

                /** JobProgress goodQuantity. */
                goodQuantity: string;

                /** JobProgress lastPartMs. */
                lastPartMs: number;

                /**
                 * Encodes the specified JobProgress message. Does not implicitly {@link celda.job.v1.JobProgress.verify|verify} messages.
                 * @param message JobProgress message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.JobProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JobProgress message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.JobProgress & celda.job.v1.JobProgress.$Shape} JobProgress
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.JobProgress & celda.job.v1.JobProgress.$Shape;
            }

            namespace JobProgress {

                /** Properties of a JobProgress. */
                interface $Properties {

                    /** JobProgress jobOrderId */
                    jobOrderId?: string;

                    /** JobProgress workMasterId */
                    workMasterId?: string;

                    /** JobProgress step */
                    step?: string;

                    /** JobProgress label */
                    label?: string;

                    /** JobProgress producedQuantity */
                    producedQuantity?: string;

                    /** JobProgress goodQuantity */
                    goodQuantity?: string;

                    /** JobProgress lastPartMs */
                    lastPartMs?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JobProgress. */
                type $Shape = celda.job.v1.JobProgress.$Properties;
            }

            /** ParameterType enum. */
            enum ParameterType {

                /** PARAMETER_TYPE_UNSPECIFIED value */
                PARAMETER_TYPE_UNSPECIFIED = 0,

                /** PARAMETER_TYPE_NUMBER value */
                PARAMETER_TYPE_NUMBER = 1,

                /** PARAMETER_TYPE_INTEGER value */
                PARAMETER_TYPE_INTEGER = 2,

                /** PARAMETER_TYPE_BOOLEAN value */
                PARAMETER_TYPE_BOOLEAN = 3,

                /** PARAMETER_TYPE_STRING value */
                PARAMETER_TYPE_STRING = 4
            }

            /**
             * Properties of a ParameterSpec.
             * @deprecated Use celda.job.v1.ParameterSpec.$Properties instead.
             */
            interface IParameterSpec extends celda.job.v1.ParameterSpec.$Properties {
            }

            /** Represents a ParameterSpec. */
            class ParameterSpec {

                /**
                 * Constructs a new ParameterSpec.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ParameterSpec.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ParameterSpec id. */
                id: string;

                /** ParameterSpec type. */
                type: celda.job.v1.ParameterType;

                /** ParameterSpec descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** ParameterSpec unit. */
                unit: string;

                /** ParameterSpec min. */
                min: (number|null);

                /** ParameterSpec max. */
                max: (number|null);

                /** ParameterSpec options. */
                options: string[];

                /** ParameterSpec defaultValue. */
                defaultValue: celda.job.v1.Value;

                /**
                 * Encodes the specified ParameterSpec message. Does not implicitly {@link celda.job.v1.ParameterSpec.verify|verify} messages.
                 * @param message ParameterSpec message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ParameterSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ParameterSpec message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ParameterSpec & celda.job.v1.ParameterSpec.$Shape} ParameterSpec
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ParameterSpec & celda.job.v1.ParameterSpec.$Shape;
            }

            namespace ParameterSpec {

                /** Properties of a ParameterSpec. */
                interface $Properties {

                    /** ParameterSpec id */
                    id?: string;

                    /** ParameterSpec type */
                    type?: celda.job.v1.ParameterType;

                    /** ParameterSpec descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** ParameterSpec unit */
                    unit?: string;

                    /** ParameterSpec min */
                    min?: (number|null);

                    /** ParameterSpec max */
                    max?: (number|null);

                    /** ParameterSpec options */
                    options?: string[];

                    /** ParameterSpec defaultValue */
                    defaultValue?: celda.job.v1.Value.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ParameterSpec. */
                type $Shape = {
                  id?: string;
                  type?: celda.job.v1.ParameterType;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  unit?: string;
                  min?: number|null;
                  max?: number|null;
                  options?: string[];
                  defaultValue?: celda.job.v1.Value.$Shape;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a WorkMaster.
             * @deprecated Use celda.job.v1.WorkMaster.$Properties instead.
             */
            interface IWorkMaster extends celda.job.v1.WorkMaster.$Properties {
            }

            /** Represents a WorkMaster. */
            class WorkMaster {

                /**
                 * Constructs a new WorkMaster.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.WorkMaster.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WorkMaster id. */
                id: string;

                /** WorkMaster version. */
                version: string;

                /** WorkMaster descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** WorkMaster parameters. */
                parameters: celda.job.v1.ParameterSpec[];

                /**
                 * Encodes the specified WorkMaster message. Does not implicitly {@link celda.job.v1.WorkMaster.verify|verify} messages.
                 * @param message WorkMaster message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.WorkMaster.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WorkMaster message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.WorkMaster & celda.job.v1.WorkMaster.$Shape} WorkMaster
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.WorkMaster & celda.job.v1.WorkMaster.$Shape;
            }

            namespace WorkMaster {

                /** Properties of a WorkMaster. */
                interface $Properties {

                    /** WorkMaster id */
                    id?: string;

                    /** WorkMaster version */
                    version?: string;

                    /** WorkMaster descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** WorkMaster parameters */
                    parameters?: celda.job.v1.ParameterSpec.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WorkMaster. */
                type $Shape = {
                  id?: string;
                  version?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  parameters?: celda.job.v1.ParameterSpec.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a StoreAndStartJobOrderRequest.
             * @deprecated Use celda.job.v1.StoreAndStartJobOrderRequest.$Properties instead.
             */
            interface IStoreAndStartJobOrderRequest extends celda.job.v1.StoreAndStartJobOrderRequest.$Properties {
            }

            /** Represents a StoreAndStartJobOrderRequest. */
            class StoreAndStartJobOrderRequest {

                /**
                 * Constructs a new StoreAndStartJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StoreAndStartJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StoreAndStartJobOrderRequest requestId. */
                requestId: string;

                /** StoreAndStartJobOrderRequest jobOrder. */
                jobOrder: celda.job.v1.JobOrder;

                /** StoreAndStartJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified StoreAndStartJobOrderRequest message. Does not implicitly {@link celda.job.v1.StoreAndStartJobOrderRequest.verify|verify} messages.
                 * @param message StoreAndStartJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StoreAndStartJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StoreAndStartJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StoreAndStartJobOrderRequest & celda.job.v1.StoreAndStartJobOrderRequest.$Shape} StoreAndStartJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StoreAndStartJobOrderRequest & celda.job.v1.StoreAndStartJobOrderRequest.$Shape;
            }

            namespace StoreAndStartJobOrderRequest {

                /** Properties of a StoreAndStartJobOrderRequest. */
                interface $Properties {

                    /** StoreAndStartJobOrderRequest requestId */
                    requestId?: string;

                    /** StoreAndStartJobOrderRequest jobOrder */
                    jobOrder?: celda.job.v1.JobOrder.$Properties;

                    /** StoreAndStartJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StoreAndStartJobOrderRequest. */
                type $Shape = {
                  requestId?: string;
                  jobOrder?: celda.job.v1.JobOrder.$Shape;
                  comments?: celda.job.v1.LocalizedText.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a StoreAndStartJobOrderResponse.
             * @deprecated Use celda.job.v1.StoreAndStartJobOrderResponse.$Properties instead.
             */
            interface IStoreAndStartJobOrderResponse extends celda.job.v1.StoreAndStartJobOrderResponse.$Properties {
            }

            /** Represents a StoreAndStartJobOrderResponse. */
            class StoreAndStartJobOrderResponse {

                /**
                 * Constructs a new StoreAndStartJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StoreAndStartJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StoreAndStartJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** StoreAndStartJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** StoreAndStartJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified StoreAndStartJobOrderResponse message. Does not implicitly {@link celda.job.v1.StoreAndStartJobOrderResponse.verify|verify} messages.
                 * @param message StoreAndStartJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StoreAndStartJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StoreAndStartJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StoreAndStartJobOrderResponse & celda.job.v1.StoreAndStartJobOrderResponse.$Shape} StoreAndStartJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StoreAndStartJobOrderResponse & celda.job.v1.StoreAndStartJobOrderResponse.$Shape;
            }

            namespace StoreAndStartJobOrderResponse {

                /** Properties of a StoreAndStartJobOrderResponse. */
                interface $Properties {

                    /** StoreAndStartJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** StoreAndStartJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** StoreAndStartJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StoreAndStartJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a GetJobOrderRequest.
             * @deprecated Use celda.job.v1.GetJobOrderRequest.$Properties instead.
             */
            interface IGetJobOrderRequest extends celda.job.v1.GetJobOrderRequest.$Properties {
            }

            /** Represents a GetJobOrderRequest. */
            class GetJobOrderRequest {

                /**
                 * Constructs a new GetJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.GetJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /**
                 * Encodes the specified GetJobOrderRequest message. Does not implicitly {@link celda.job.v1.GetJobOrderRequest.verify|verify} messages.
                 * @param message GetJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.GetJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.GetJobOrderRequest & celda.job.v1.GetJobOrderRequest.$Shape} GetJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.GetJobOrderRequest & celda.job.v1.GetJobOrderRequest.$Shape;
            }

            namespace GetJobOrderRequest {

                /** Properties of a GetJobOrderRequest. */
                interface $Properties {

                    /** GetJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetJobOrderRequest. */
                type $Shape = celda.job.v1.GetJobOrderRequest.$Properties;
            }

            /**
             * Properties of a GetJobOrderResponse.
             * @deprecated Use celda.job.v1.GetJobOrderResponse.$Properties instead.
             */
            interface IGetJobOrderResponse extends celda.job.v1.GetJobOrderResponse.$Properties {
            }

            /** Represents a GetJobOrderResponse. */
            class GetJobOrderResponse {

                /**
                 * Constructs a new GetJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.GetJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /**
                 * Encodes the specified GetJobOrderResponse message. Does not implicitly {@link celda.job.v1.GetJobOrderResponse.verify|verify} messages.
                 * @param message GetJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.GetJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.GetJobOrderResponse & celda.job.v1.GetJobOrderResponse.$Shape} GetJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.GetJobOrderResponse & celda.job.v1.GetJobOrderResponse.$Shape;
            }

            namespace GetJobOrderResponse {

                /** Properties of a GetJobOrderResponse. */
                interface $Properties {

                    /** GetJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ListJobOrdersRequest.
             * @deprecated Use celda.job.v1.ListJobOrdersRequest.$Properties instead.
             */
            interface IListJobOrdersRequest extends celda.job.v1.ListJobOrdersRequest.$Properties {
            }

            /** Represents a ListJobOrdersRequest. */
            class ListJobOrdersRequest {

                /**
                 * Constructs a new ListJobOrdersRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ListJobOrdersRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListJobOrdersRequest pageSize. */
                pageSize: number;

                /** ListJobOrdersRequest pageToken. */
                pageToken: string;

                /** ListJobOrdersRequest states. */
                states: celda.job.v1.JobState[];

                /** ListJobOrdersRequest workMasterIds. */
                workMasterIds: string[];

                /** ListJobOrdersRequest storeTimeFrom. */
                storeTimeFrom: google.protobuf.Timestamp;

                /** ListJobOrdersRequest storeTimeBefore. */
                storeTimeBefore: google.protobuf.Timestamp;

                /** ListJobOrdersRequest orderBy. */
                orderBy: string;

                /**
                 * Encodes the specified ListJobOrdersRequest message. Does not implicitly {@link celda.job.v1.ListJobOrdersRequest.verify|verify} messages.
                 * @param message ListJobOrdersRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ListJobOrdersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListJobOrdersRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ListJobOrdersRequest & celda.job.v1.ListJobOrdersRequest.$Shape} ListJobOrdersRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ListJobOrdersRequest & celda.job.v1.ListJobOrdersRequest.$Shape;
            }

            namespace ListJobOrdersRequest {

                /** Properties of a ListJobOrdersRequest. */
                interface $Properties {

                    /** ListJobOrdersRequest pageSize */
                    pageSize?: number;

                    /** ListJobOrdersRequest pageToken */
                    pageToken?: string;

                    /** ListJobOrdersRequest states */
                    states?: celda.job.v1.JobState[];

                    /** ListJobOrdersRequest workMasterIds */
                    workMasterIds?: string[];

                    /** ListJobOrdersRequest storeTimeFrom */
                    storeTimeFrom?: google.protobuf.Timestamp.$Properties;

                    /** ListJobOrdersRequest storeTimeBefore */
                    storeTimeBefore?: google.protobuf.Timestamp.$Properties;

                    /** ListJobOrdersRequest orderBy */
                    orderBy?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListJobOrdersRequest. */
                type $Shape = celda.job.v1.ListJobOrdersRequest.$Properties;
            }

            /**
             * Properties of a ListJobOrdersResponse.
             * @deprecated Use celda.job.v1.ListJobOrdersResponse.$Properties instead.
             */
            interface IListJobOrdersResponse extends celda.job.v1.ListJobOrdersResponse.$Properties {
            }

            /** Represents a ListJobOrdersResponse. */
            class ListJobOrdersResponse {

                /**
                 * Constructs a new ListJobOrdersResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ListJobOrdersResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListJobOrdersResponse jobOrders. */
                jobOrders: celda.job.v1.JobOrderAndState[];

                /** ListJobOrdersResponse nextPageToken. */
                nextPageToken: string;

                /** ListJobOrdersResponse totalSize. */
                totalSize: number;

                /**
                 * Encodes the specified ListJobOrdersResponse message. Does not implicitly {@link celda.job.v1.ListJobOrdersResponse.verify|verify} messages.
                 * @param message ListJobOrdersResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ListJobOrdersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListJobOrdersResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ListJobOrdersResponse & celda.job.v1.ListJobOrdersResponse.$Shape} ListJobOrdersResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ListJobOrdersResponse & celda.job.v1.ListJobOrdersResponse.$Shape;
            }

            namespace ListJobOrdersResponse {

                /** Properties of a ListJobOrdersResponse. */
                interface $Properties {

                    /** ListJobOrdersResponse jobOrders */
                    jobOrders?: celda.job.v1.JobOrderAndState.$Properties[];

                    /** ListJobOrdersResponse nextPageToken */
                    nextPageToken?: string;

                    /** ListJobOrdersResponse totalSize */
                    totalSize?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListJobOrdersResponse. */
                type $Shape = {
                  jobOrders?: celda.job.v1.JobOrderAndState.$Shape[];
                  nextPageToken?: string;
                  totalSize?: number;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a WatchJobOrdersRequest.
             * @deprecated Use celda.job.v1.WatchJobOrdersRequest.$Properties instead.
             */
            interface IWatchJobOrdersRequest extends celda.job.v1.WatchJobOrdersRequest.$Properties {
            }

            /** Represents a WatchJobOrdersRequest. */
            class WatchJobOrdersRequest {

                /**
                 * Constructs a new WatchJobOrdersRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.WatchJobOrdersRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchJobOrdersRequest jobOrderIds. */
                jobOrderIds: string[];

                /** WatchJobOrdersRequest includeInitialState. */
                includeInitialState: boolean;

                /** WatchJobOrdersRequest resumeToken. */
                resumeToken: string;

                /**
                 * Encodes the specified WatchJobOrdersRequest message. Does not implicitly {@link celda.job.v1.WatchJobOrdersRequest.verify|verify} messages.
                 * @param message WatchJobOrdersRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.WatchJobOrdersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchJobOrdersRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.WatchJobOrdersRequest & celda.job.v1.WatchJobOrdersRequest.$Shape} WatchJobOrdersRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.WatchJobOrdersRequest & celda.job.v1.WatchJobOrdersRequest.$Shape;
            }

            namespace WatchJobOrdersRequest {

                /** Properties of a WatchJobOrdersRequest. */
                interface $Properties {

                    /** WatchJobOrdersRequest jobOrderIds */
                    jobOrderIds?: string[];

                    /** WatchJobOrdersRequest includeInitialState */
                    includeInitialState?: boolean;

                    /** WatchJobOrdersRequest resumeToken */
                    resumeToken?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchJobOrdersRequest. */
                type $Shape = celda.job.v1.WatchJobOrdersRequest.$Properties;
            }

            /**
             * Properties of a WatchJobOrdersResponse.
             * @deprecated Use celda.job.v1.WatchJobOrdersResponse.$Properties instead.
             */
            interface IWatchJobOrdersResponse extends celda.job.v1.WatchJobOrdersResponse.$Properties {
            }

            /** Represents a WatchJobOrdersResponse. */
            class WatchJobOrdersResponse {

                /**
                 * Constructs a new WatchJobOrdersResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.WatchJobOrdersResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchJobOrdersResponse sequence. */
                sequence: Long;

                /** WatchJobOrdersResponse sendTime. */
                sendTime: google.protobuf.Timestamp;

                /** WatchJobOrdersResponse initialState. */
                initialState: (celda.job.v1.JobOrderAndState|null);

                /** WatchJobOrdersResponse synced. */
                synced: (celda.job.v1.Synced|null);

                /** WatchJobOrdersResponse stateChange. */
                stateChange: (celda.job.v1.JobOrderAndState|null);

                /** WatchJobOrdersResponse progress. */
                progress: (celda.job.v1.JobProgress|null);

                /** WatchJobOrdersResponse heartbeat. */
                heartbeat: (celda.job.v1.Heartbeat|null);

                /** WatchJobOrdersResponse removed. */
                removed: (celda.job.v1.JobOrderAndState|null);

                /** WatchJobOrdersResponse resumeToken. */
                resumeToken: string;

                /** WatchJobOrdersResponse event. */
                event?: ("initialState"|"synced"|"stateChange"|"progress"|"heartbeat"|"removed");

                /**
                 * Encodes the specified WatchJobOrdersResponse message. Does not implicitly {@link celda.job.v1.WatchJobOrdersResponse.verify|verify} messages.
                 * @param message WatchJobOrdersResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.WatchJobOrdersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchJobOrdersResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.WatchJobOrdersResponse & celda.job.v1.WatchJobOrdersResponse.$Shape} WatchJobOrdersResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.WatchJobOrdersResponse & celda.job.v1.WatchJobOrdersResponse.$Shape;
            }

            namespace WatchJobOrdersResponse {

                /** Properties of a WatchJobOrdersResponse. */
                interface $Properties {

                    /** WatchJobOrdersResponse sequence */
                    sequence?: Long;

                    /** WatchJobOrdersResponse sendTime */
                    sendTime?: google.protobuf.Timestamp.$Properties;

                    /** WatchJobOrdersResponse initialState */
                    initialState?: (celda.job.v1.JobOrderAndState.$Properties|null);

                    /** WatchJobOrdersResponse synced */
                    synced?: (celda.job.v1.Synced.$Properties|null);

                    /** WatchJobOrdersResponse stateChange */
                    stateChange?: (celda.job.v1.JobOrderAndState.$Properties|null);

                    /** WatchJobOrdersResponse progress */
                    progress?: (celda.job.v1.JobProgress.$Properties|null);

                    /** WatchJobOrdersResponse heartbeat */
                    heartbeat?: (celda.job.v1.Heartbeat.$Properties|null);

                    /** WatchJobOrdersResponse removed */
                    removed?: (celda.job.v1.JobOrderAndState.$Properties|null);

                    /** WatchJobOrdersResponse resumeToken */
                    resumeToken?: string;

                    /** WatchJobOrdersResponse event */
                    event?: ("initialState"|"synced"|"stateChange"|"progress"|"heartbeat"|"removed");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a WatchJobOrdersResponse. */
                type $Shape = {
                  sequence?: Long;
                  sendTime?: google.protobuf.Timestamp.$Shape;
                  initialState?: celda.job.v1.JobOrderAndState.$Shape|null;
                  synced?: celda.job.v1.Synced.$Shape|null;
                  stateChange?: celda.job.v1.JobOrderAndState.$Shape|null;
                  progress?: celda.job.v1.JobProgress.$Shape|null;
                  heartbeat?: celda.job.v1.Heartbeat.$Shape|null;
                  removed?: celda.job.v1.JobOrderAndState.$Shape|null;
                  resumeToken?: string;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ event?: undefined; initialState?: null; synced?: null; stateChange?: null; progress?: null; heartbeat?: null; removed?: null }|{ event?: "initialState"; initialState: celda.job.v1.JobOrderAndState.$Shape; synced?: null; stateChange?: null; progress?: null; heartbeat?: null; removed?: null }|{ event?: "synced"; initialState?: null; synced: celda.job.v1.Synced.$Shape; stateChange?: null; progress?: null; heartbeat?: null; removed?: null }|{ event?: "stateChange"; initialState?: null; synced?: null; stateChange: celda.job.v1.JobOrderAndState.$Shape; progress?: null; heartbeat?: null; removed?: null }|{ event?: "progress"; initialState?: null; synced?: null; stateChange?: null; progress: celda.job.v1.JobProgress.$Shape; heartbeat?: null; removed?: null }|{ event?: "heartbeat"; initialState?: null; synced?: null; stateChange?: null; progress?: null; heartbeat: celda.job.v1.Heartbeat.$Shape; removed?: null }|{ event?: "removed"; initialState?: null; synced?: null; stateChange?: null; progress?: null; heartbeat?: null; removed: celda.job.v1.JobOrderAndState.$Shape })
                );
            }

            /**
             * Properties of a Synced.
             * @deprecated Use celda.job.v1.Synced.$Properties instead.
             */
            interface ISynced extends celda.job.v1.Synced.$Properties {
            }

            /** Represents a Synced. */
            class Synced {

                /**
                 * Constructs a new Synced.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.Synced.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified Synced message. Does not implicitly {@link celda.job.v1.Synced.verify|verify} messages.
                 * @param message Synced message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.Synced.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Synced message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.Synced & celda.job.v1.Synced.$Shape} Synced
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.Synced & celda.job.v1.Synced.$Shape;
            }

            namespace Synced {

                /** Properties of a Synced. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Synced. */
                type $Shape = celda.job.v1.Synced.$Properties;
            }

            /**
             * Properties of a Heartbeat.
             * @deprecated Use celda.job.v1.Heartbeat.$Properties instead.
             */
            interface IHeartbeat extends celda.job.v1.Heartbeat.$Properties {
            }

            /** Represents a Heartbeat. */
            class Heartbeat {

                /**
                 * Constructs a new Heartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.Heartbeat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Heartbeat controlConnected. */
                controlConnected: boolean;

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link celda.job.v1.Heartbeat.verify|verify} messages.
                 * @param message Heartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.Heartbeat & celda.job.v1.Heartbeat.$Shape} Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.Heartbeat & celda.job.v1.Heartbeat.$Shape;
            }

            namespace Heartbeat {

                /** Properties of a Heartbeat. */
                interface $Properties {

                    /** Heartbeat controlConnected */
                    controlConnected?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Heartbeat. */
                type $Shape = celda.job.v1.Heartbeat.$Properties;
            }

            /**
             * Properties of an AbortJobOrderRequest.
             * @deprecated Use celda.job.v1.AbortJobOrderRequest.$Properties instead.
             */
            interface IAbortJobOrderRequest extends celda.job.v1.AbortJobOrderRequest.$Properties {
            }

            /** Represents an AbortJobOrderRequest. */
            class AbortJobOrderRequest {

                /**
                 * Constructs a new AbortJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.AbortJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AbortJobOrderRequest requestId. */
                requestId: string;

                /** AbortJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** AbortJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** AbortJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified AbortJobOrderRequest message. Does not implicitly {@link celda.job.v1.AbortJobOrderRequest.verify|verify} messages.
                 * @param message AbortJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.AbortJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AbortJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.AbortJobOrderRequest & celda.job.v1.AbortJobOrderRequest.$Shape} AbortJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.AbortJobOrderRequest & celda.job.v1.AbortJobOrderRequest.$Shape;
            }

            namespace AbortJobOrderRequest {

                /** Properties of an AbortJobOrderRequest. */
                interface $Properties {

                    /** AbortJobOrderRequest requestId */
                    requestId?: string;

                    /** AbortJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** AbortJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** AbortJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AbortJobOrderRequest. */
                type $Shape = celda.job.v1.AbortJobOrderRequest.$Properties;
            }

            /**
             * Properties of an AbortJobOrderResponse.
             * @deprecated Use celda.job.v1.AbortJobOrderResponse.$Properties instead.
             */
            interface IAbortJobOrderResponse extends celda.job.v1.AbortJobOrderResponse.$Properties {
            }

            /** Represents an AbortJobOrderResponse. */
            class AbortJobOrderResponse {

                /**
                 * Constructs a new AbortJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.AbortJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AbortJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** AbortJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** AbortJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified AbortJobOrderResponse message. Does not implicitly {@link celda.job.v1.AbortJobOrderResponse.verify|verify} messages.
                 * @param message AbortJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.AbortJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AbortJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.AbortJobOrderResponse & celda.job.v1.AbortJobOrderResponse.$Shape} AbortJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.AbortJobOrderResponse & celda.job.v1.AbortJobOrderResponse.$Shape;
            }

            namespace AbortJobOrderResponse {

                /** Properties of an AbortJobOrderResponse. */
                interface $Properties {

                    /** AbortJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** AbortJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** AbortJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AbortJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ResumeJobOrderRequest.
             * @deprecated Use celda.job.v1.ResumeJobOrderRequest.$Properties instead.
             */
            interface IResumeJobOrderRequest extends celda.job.v1.ResumeJobOrderRequest.$Properties {
            }

            /** Represents a ResumeJobOrderRequest. */
            class ResumeJobOrderRequest {

                /**
                 * Constructs a new ResumeJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ResumeJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ResumeJobOrderRequest requestId. */
                requestId: string;

                /** ResumeJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** ResumeJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** ResumeJobOrderRequest etag. */
                etag: string;

                /** ResumeJobOrderRequest acknowledgedDifference. */
                acknowledgedDifference: string;

                /**
                 * Encodes the specified ResumeJobOrderRequest message. Does not implicitly {@link celda.job.v1.ResumeJobOrderRequest.verify|verify} messages.
                 * @param message ResumeJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ResumeJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ResumeJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ResumeJobOrderRequest & celda.job.v1.ResumeJobOrderRequest.$Shape} ResumeJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ResumeJobOrderRequest & celda.job.v1.ResumeJobOrderRequest.$Shape;
            }

            namespace ResumeJobOrderRequest {

                /** Properties of a ResumeJobOrderRequest. */
                interface $Properties {

                    /** ResumeJobOrderRequest requestId */
                    requestId?: string;

                    /** ResumeJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** ResumeJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** ResumeJobOrderRequest etag */
                    etag?: string;

                    /** ResumeJobOrderRequest acknowledgedDifference */
                    acknowledgedDifference?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ResumeJobOrderRequest. */
                type $Shape = celda.job.v1.ResumeJobOrderRequest.$Properties;
            }

            /**
             * Properties of a ResumeJobOrderResponse.
             * @deprecated Use celda.job.v1.ResumeJobOrderResponse.$Properties instead.
             */
            interface IResumeJobOrderResponse extends celda.job.v1.ResumeJobOrderResponse.$Properties {
            }

            /** Represents a ResumeJobOrderResponse. */
            class ResumeJobOrderResponse {

                /**
                 * Constructs a new ResumeJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ResumeJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ResumeJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** ResumeJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** ResumeJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified ResumeJobOrderResponse message. Does not implicitly {@link celda.job.v1.ResumeJobOrderResponse.verify|verify} messages.
                 * @param message ResumeJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ResumeJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ResumeJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ResumeJobOrderResponse & celda.job.v1.ResumeJobOrderResponse.$Shape} ResumeJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ResumeJobOrderResponse & celda.job.v1.ResumeJobOrderResponse.$Shape;
            }

            namespace ResumeJobOrderResponse {

                /** Properties of a ResumeJobOrderResponse. */
                interface $Properties {

                    /** ResumeJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** ResumeJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** ResumeJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ResumeJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a GetReceiverCapabilitiesRequest.
             * @deprecated Use celda.job.v1.GetReceiverCapabilitiesRequest.$Properties instead.
             */
            interface IGetReceiverCapabilitiesRequest extends celda.job.v1.GetReceiverCapabilitiesRequest.$Properties {
            }

            /** Represents a GetReceiverCapabilitiesRequest. */
            class GetReceiverCapabilitiesRequest {

                /**
                 * Constructs a new GetReceiverCapabilitiesRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.GetReceiverCapabilitiesRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetReceiverCapabilitiesRequest message. Does not implicitly {@link celda.job.v1.GetReceiverCapabilitiesRequest.verify|verify} messages.
                 * @param message GetReceiverCapabilitiesRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.GetReceiverCapabilitiesRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetReceiverCapabilitiesRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.GetReceiverCapabilitiesRequest & celda.job.v1.GetReceiverCapabilitiesRequest.$Shape} GetReceiverCapabilitiesRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.GetReceiverCapabilitiesRequest & celda.job.v1.GetReceiverCapabilitiesRequest.$Shape;
            }

            namespace GetReceiverCapabilitiesRequest {

                /** Properties of a GetReceiverCapabilitiesRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetReceiverCapabilitiesRequest. */
                type $Shape = celda.job.v1.GetReceiverCapabilitiesRequest.$Properties;
            }

            /**
             * Properties of a GetReceiverCapabilitiesResponse.
             * @deprecated Use celda.job.v1.GetReceiverCapabilitiesResponse.$Properties instead.
             */
            interface IGetReceiverCapabilitiesResponse extends celda.job.v1.GetReceiverCapabilitiesResponse.$Properties {
            }

            /** Represents a GetReceiverCapabilitiesResponse. */
            class GetReceiverCapabilitiesResponse {

                /**
                 * Constructs a new GetReceiverCapabilitiesResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.GetReceiverCapabilitiesResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetReceiverCapabilitiesResponse cellName. */
                cellName: string;

                /** GetReceiverCapabilitiesResponse workMasters. */
                workMasters: celda.job.v1.WorkMaster[];

                /** GetReceiverCapabilitiesResponse limitsOfUse. */
                limitsOfUse: celda.job.v1.LocalizedText[];

                /** GetReceiverCapabilitiesResponse equipmentIds. */
                equipmentIds: string[];

                /** GetReceiverCapabilitiesResponse physicalAssetIds. */
                physicalAssetIds: string[];

                /** GetReceiverCapabilitiesResponse personnelIds. */
                personnelIds: string[];

                /** GetReceiverCapabilitiesResponse materialClassIds. */
                materialClassIds: string[];

                /** GetReceiverCapabilitiesResponse materialDefinitionIds. */
                materialDefinitionIds: string[];

                /** GetReceiverCapabilitiesResponse maxDownloadableJobOrders. */
                maxDownloadableJobOrders: number;

                /** GetReceiverCapabilitiesResponse predefinedParameterIds. */
                predefinedParameterIds: string[];

                /** GetReceiverCapabilitiesResponse responseDelivery. */
                responseDelivery: celda.job.v1.ResponseDelivery;

                /**
                 * Encodes the specified GetReceiverCapabilitiesResponse message. Does not implicitly {@link celda.job.v1.GetReceiverCapabilitiesResponse.verify|verify} messages.
                 * @param message GetReceiverCapabilitiesResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.GetReceiverCapabilitiesResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetReceiverCapabilitiesResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.GetReceiverCapabilitiesResponse & celda.job.v1.GetReceiverCapabilitiesResponse.$Shape} GetReceiverCapabilitiesResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.GetReceiverCapabilitiesResponse & celda.job.v1.GetReceiverCapabilitiesResponse.$Shape;
            }

            namespace GetReceiverCapabilitiesResponse {

                /** Properties of a GetReceiverCapabilitiesResponse. */
                interface $Properties {

                    /** GetReceiverCapabilitiesResponse cellName */
                    cellName?: string;

                    /** GetReceiverCapabilitiesResponse workMasters */
                    workMasters?: celda.job.v1.WorkMaster.$Properties[];

                    /** GetReceiverCapabilitiesResponse limitsOfUse */
                    limitsOfUse?: celda.job.v1.LocalizedText.$Properties[];

                    /** GetReceiverCapabilitiesResponse equipmentIds */
                    equipmentIds?: string[];

                    /** GetReceiverCapabilitiesResponse physicalAssetIds */
                    physicalAssetIds?: string[];

                    /** GetReceiverCapabilitiesResponse personnelIds */
                    personnelIds?: string[];

                    /** GetReceiverCapabilitiesResponse materialClassIds */
                    materialClassIds?: string[];

                    /** GetReceiverCapabilitiesResponse materialDefinitionIds */
                    materialDefinitionIds?: string[];

                    /** GetReceiverCapabilitiesResponse maxDownloadableJobOrders */
                    maxDownloadableJobOrders?: number;

                    /** GetReceiverCapabilitiesResponse predefinedParameterIds */
                    predefinedParameterIds?: string[];

                    /** GetReceiverCapabilitiesResponse responseDelivery */
                    responseDelivery?: celda.job.v1.ResponseDelivery.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetReceiverCapabilitiesResponse. */
                type $Shape = {
                  cellName?: string;
                  workMasters?: celda.job.v1.WorkMaster.$Shape[];
                  limitsOfUse?: celda.job.v1.LocalizedText.$Shape[];
                  equipmentIds?: string[];
                  physicalAssetIds?: string[];
                  personnelIds?: string[];
                  materialClassIds?: string[];
                  materialDefinitionIds?: string[];
                  maxDownloadableJobOrders?: number;
                  predefinedParameterIds?: string[];
                  responseDelivery?: celda.job.v1.ResponseDelivery.$Shape;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ResponseDelivery.
             * @deprecated Use celda.job.v1.ResponseDelivery.$Properties instead.
             */
            interface IResponseDelivery extends celda.job.v1.ResponseDelivery.$Properties {
            }

            /** Represents a ResponseDelivery. */
            class ResponseDelivery {

                /**
                 * Constructs a new ResponseDelivery.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ResponseDelivery.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ResponseDelivery receiver. */
                receiver: string;

                /** ResponseDelivery waiting. */
                waiting: number;

                /** ResponseDelivery nextAttemptTime. */
                nextAttemptTime: google.protobuf.Timestamp;

                /** ResponseDelivery lastError. */
                lastError: string;

                /**
                 * Encodes the specified ResponseDelivery message. Does not implicitly {@link celda.job.v1.ResponseDelivery.verify|verify} messages.
                 * @param message ResponseDelivery message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ResponseDelivery.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ResponseDelivery message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ResponseDelivery & celda.job.v1.ResponseDelivery.$Shape} ResponseDelivery
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ResponseDelivery & celda.job.v1.ResponseDelivery.$Shape;
            }

            namespace ResponseDelivery {

                /** Properties of a ResponseDelivery. */
                interface $Properties {

                    /** ResponseDelivery receiver */
                    receiver?: string;

                    /** ResponseDelivery waiting */
                    waiting?: number;

                    /** ResponseDelivery nextAttemptTime */
                    nextAttemptTime?: google.protobuf.Timestamp.$Properties;

                    /** ResponseDelivery lastError */
                    lastError?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ResponseDelivery. */
                type $Shape = celda.job.v1.ResponseDelivery.$Properties;
            }

            /**
             * Properties of a StoreJobOrderRequest.
             * @deprecated Use celda.job.v1.StoreJobOrderRequest.$Properties instead.
             */
            interface IStoreJobOrderRequest extends celda.job.v1.StoreJobOrderRequest.$Properties {
            }

            /** Represents a StoreJobOrderRequest. */
            class StoreJobOrderRequest {

                /**
                 * Constructs a new StoreJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StoreJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StoreJobOrderRequest requestId. */
                requestId: string;

                /** StoreJobOrderRequest jobOrder. */
                jobOrder: celda.job.v1.JobOrder;

                /** StoreJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /**
                 * Encodes the specified StoreJobOrderRequest message. Does not implicitly {@link celda.job.v1.StoreJobOrderRequest.verify|verify} messages.
                 * @param message StoreJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StoreJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StoreJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StoreJobOrderRequest & celda.job.v1.StoreJobOrderRequest.$Shape} StoreJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StoreJobOrderRequest & celda.job.v1.StoreJobOrderRequest.$Shape;
            }

            namespace StoreJobOrderRequest {

                /** Properties of a StoreJobOrderRequest. */
                interface $Properties {

                    /** StoreJobOrderRequest requestId */
                    requestId?: string;

                    /** StoreJobOrderRequest jobOrder */
                    jobOrder?: celda.job.v1.JobOrder.$Properties;

                    /** StoreJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StoreJobOrderRequest. */
                type $Shape = {
                  requestId?: string;
                  jobOrder?: celda.job.v1.JobOrder.$Shape;
                  comments?: celda.job.v1.LocalizedText.$Shape[];
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a StoreJobOrderResponse.
             * @deprecated Use celda.job.v1.StoreJobOrderResponse.$Properties instead.
             */
            interface IStoreJobOrderResponse extends celda.job.v1.StoreJobOrderResponse.$Properties {
            }

            /** Represents a StoreJobOrderResponse. */
            class StoreJobOrderResponse {

                /**
                 * Constructs a new StoreJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StoreJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StoreJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** StoreJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** StoreJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified StoreJobOrderResponse message. Does not implicitly {@link celda.job.v1.StoreJobOrderResponse.verify|verify} messages.
                 * @param message StoreJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StoreJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StoreJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StoreJobOrderResponse & celda.job.v1.StoreJobOrderResponse.$Shape} StoreJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StoreJobOrderResponse & celda.job.v1.StoreJobOrderResponse.$Shape;
            }

            namespace StoreJobOrderResponse {

                /** Properties of a StoreJobOrderResponse. */
                interface $Properties {

                    /** StoreJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** StoreJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** StoreJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StoreJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an UpdateJobOrderRequest.
             * @deprecated Use celda.job.v1.UpdateJobOrderRequest.$Properties instead.
             */
            interface IUpdateJobOrderRequest extends celda.job.v1.UpdateJobOrderRequest.$Properties {
            }

            /** Represents an UpdateJobOrderRequest. */
            class UpdateJobOrderRequest {

                /**
                 * Constructs a new UpdateJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.UpdateJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UpdateJobOrderRequest requestId. */
                requestId: string;

                /** UpdateJobOrderRequest jobOrder. */
                jobOrder: celda.job.v1.JobOrder;

                /** UpdateJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** UpdateJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified UpdateJobOrderRequest message. Does not implicitly {@link celda.job.v1.UpdateJobOrderRequest.verify|verify} messages.
                 * @param message UpdateJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.UpdateJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UpdateJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.UpdateJobOrderRequest & celda.job.v1.UpdateJobOrderRequest.$Shape} UpdateJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.UpdateJobOrderRequest & celda.job.v1.UpdateJobOrderRequest.$Shape;
            }

            namespace UpdateJobOrderRequest {

                /** Properties of an UpdateJobOrderRequest. */
                interface $Properties {

                    /** UpdateJobOrderRequest requestId */
                    requestId?: string;

                    /** UpdateJobOrderRequest jobOrder */
                    jobOrder?: celda.job.v1.JobOrder.$Properties;

                    /** UpdateJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** UpdateJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UpdateJobOrderRequest. */
                type $Shape = {
                  requestId?: string;
                  jobOrder?: celda.job.v1.JobOrder.$Shape;
                  comments?: celda.job.v1.LocalizedText.$Shape[];
                  etag?: string;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an UpdateJobOrderResponse.
             * @deprecated Use celda.job.v1.UpdateJobOrderResponse.$Properties instead.
             */
            interface IUpdateJobOrderResponse extends celda.job.v1.UpdateJobOrderResponse.$Properties {
            }

            /** Represents an UpdateJobOrderResponse. */
            class UpdateJobOrderResponse {

                /**
                 * Constructs a new UpdateJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.UpdateJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** UpdateJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** UpdateJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** UpdateJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified UpdateJobOrderResponse message. Does not implicitly {@link celda.job.v1.UpdateJobOrderResponse.verify|verify} messages.
                 * @param message UpdateJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.UpdateJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an UpdateJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.UpdateJobOrderResponse & celda.job.v1.UpdateJobOrderResponse.$Shape} UpdateJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.UpdateJobOrderResponse & celda.job.v1.UpdateJobOrderResponse.$Shape;
            }

            namespace UpdateJobOrderResponse {

                /** Properties of an UpdateJobOrderResponse. */
                interface $Properties {

                    /** UpdateJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** UpdateJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** UpdateJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an UpdateJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a StartJobOrderRequest.
             * @deprecated Use celda.job.v1.StartJobOrderRequest.$Properties instead.
             */
            interface IStartJobOrderRequest extends celda.job.v1.StartJobOrderRequest.$Properties {
            }

            /** Represents a StartJobOrderRequest. */
            class StartJobOrderRequest {

                /**
                 * Constructs a new StartJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StartJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StartJobOrderRequest requestId. */
                requestId: string;

                /** StartJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** StartJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** StartJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified StartJobOrderRequest message. Does not implicitly {@link celda.job.v1.StartJobOrderRequest.verify|verify} messages.
                 * @param message StartJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StartJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StartJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StartJobOrderRequest & celda.job.v1.StartJobOrderRequest.$Shape} StartJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StartJobOrderRequest & celda.job.v1.StartJobOrderRequest.$Shape;
            }

            namespace StartJobOrderRequest {

                /** Properties of a StartJobOrderRequest. */
                interface $Properties {

                    /** StartJobOrderRequest requestId */
                    requestId?: string;

                    /** StartJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** StartJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** StartJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StartJobOrderRequest. */
                type $Shape = celda.job.v1.StartJobOrderRequest.$Properties;
            }

            /**
             * Properties of a StartJobOrderResponse.
             * @deprecated Use celda.job.v1.StartJobOrderResponse.$Properties instead.
             */
            interface IStartJobOrderResponse extends celda.job.v1.StartJobOrderResponse.$Properties {
            }

            /** Represents a StartJobOrderResponse. */
            class StartJobOrderResponse {

                /**
                 * Constructs a new StartJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StartJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StartJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** StartJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** StartJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified StartJobOrderResponse message. Does not implicitly {@link celda.job.v1.StartJobOrderResponse.verify|verify} messages.
                 * @param message StartJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StartJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StartJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StartJobOrderResponse & celda.job.v1.StartJobOrderResponse.$Shape} StartJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StartJobOrderResponse & celda.job.v1.StartJobOrderResponse.$Shape;
            }

            namespace StartJobOrderResponse {

                /** Properties of a StartJobOrderResponse. */
                interface $Properties {

                    /** StartJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** StartJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** StartJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StartJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a RevokeStartJobOrderRequest.
             * @deprecated Use celda.job.v1.RevokeStartJobOrderRequest.$Properties instead.
             */
            interface IRevokeStartJobOrderRequest extends celda.job.v1.RevokeStartJobOrderRequest.$Properties {
            }

            /** Represents a RevokeStartJobOrderRequest. */
            class RevokeStartJobOrderRequest {

                /**
                 * Constructs a new RevokeStartJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.RevokeStartJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RevokeStartJobOrderRequest requestId. */
                requestId: string;

                /** RevokeStartJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** RevokeStartJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** RevokeStartJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified RevokeStartJobOrderRequest message. Does not implicitly {@link celda.job.v1.RevokeStartJobOrderRequest.verify|verify} messages.
                 * @param message RevokeStartJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.RevokeStartJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RevokeStartJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.RevokeStartJobOrderRequest & celda.job.v1.RevokeStartJobOrderRequest.$Shape} RevokeStartJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.RevokeStartJobOrderRequest & celda.job.v1.RevokeStartJobOrderRequest.$Shape;
            }

            namespace RevokeStartJobOrderRequest {

                /** Properties of a RevokeStartJobOrderRequest. */
                interface $Properties {

                    /** RevokeStartJobOrderRequest requestId */
                    requestId?: string;

                    /** RevokeStartJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** RevokeStartJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** RevokeStartJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RevokeStartJobOrderRequest. */
                type $Shape = celda.job.v1.RevokeStartJobOrderRequest.$Properties;
            }

            /**
             * Properties of a RevokeStartJobOrderResponse.
             * @deprecated Use celda.job.v1.RevokeStartJobOrderResponse.$Properties instead.
             */
            interface IRevokeStartJobOrderResponse extends celda.job.v1.RevokeStartJobOrderResponse.$Properties {
            }

            /** Represents a RevokeStartJobOrderResponse. */
            class RevokeStartJobOrderResponse {

                /**
                 * Constructs a new RevokeStartJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.RevokeStartJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RevokeStartJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** RevokeStartJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** RevokeStartJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified RevokeStartJobOrderResponse message. Does not implicitly {@link celda.job.v1.RevokeStartJobOrderResponse.verify|verify} messages.
                 * @param message RevokeStartJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.RevokeStartJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RevokeStartJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.RevokeStartJobOrderResponse & celda.job.v1.RevokeStartJobOrderResponse.$Shape} RevokeStartJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.RevokeStartJobOrderResponse & celda.job.v1.RevokeStartJobOrderResponse.$Shape;
            }

            namespace RevokeStartJobOrderResponse {

                /** Properties of a RevokeStartJobOrderResponse. */
                interface $Properties {

                    /** RevokeStartJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** RevokeStartJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** RevokeStartJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RevokeStartJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a PauseJobOrderRequest.
             * @deprecated Use celda.job.v1.PauseJobOrderRequest.$Properties instead.
             */
            interface IPauseJobOrderRequest extends celda.job.v1.PauseJobOrderRequest.$Properties {
            }

            /** Represents a PauseJobOrderRequest. */
            class PauseJobOrderRequest {

                /**
                 * Constructs a new PauseJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.PauseJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PauseJobOrderRequest requestId. */
                requestId: string;

                /** PauseJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** PauseJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** PauseJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified PauseJobOrderRequest message. Does not implicitly {@link celda.job.v1.PauseJobOrderRequest.verify|verify} messages.
                 * @param message PauseJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.PauseJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PauseJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.PauseJobOrderRequest & celda.job.v1.PauseJobOrderRequest.$Shape} PauseJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.PauseJobOrderRequest & celda.job.v1.PauseJobOrderRequest.$Shape;
            }

            namespace PauseJobOrderRequest {

                /** Properties of a PauseJobOrderRequest. */
                interface $Properties {

                    /** PauseJobOrderRequest requestId */
                    requestId?: string;

                    /** PauseJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** PauseJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** PauseJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PauseJobOrderRequest. */
                type $Shape = celda.job.v1.PauseJobOrderRequest.$Properties;
            }

            /**
             * Properties of a PauseJobOrderResponse.
             * @deprecated Use celda.job.v1.PauseJobOrderResponse.$Properties instead.
             */
            interface IPauseJobOrderResponse extends celda.job.v1.PauseJobOrderResponse.$Properties {
            }

            /** Represents a PauseJobOrderResponse. */
            class PauseJobOrderResponse {

                /**
                 * Constructs a new PauseJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.PauseJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PauseJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** PauseJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** PauseJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified PauseJobOrderResponse message. Does not implicitly {@link celda.job.v1.PauseJobOrderResponse.verify|verify} messages.
                 * @param message PauseJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.PauseJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PauseJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.PauseJobOrderResponse & celda.job.v1.PauseJobOrderResponse.$Shape} PauseJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.PauseJobOrderResponse & celda.job.v1.PauseJobOrderResponse.$Shape;
            }

            namespace PauseJobOrderResponse {

                /** Properties of a PauseJobOrderResponse. */
                interface $Properties {

                    /** PauseJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** PauseJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** PauseJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PauseJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a StopJobOrderRequest.
             * @deprecated Use celda.job.v1.StopJobOrderRequest.$Properties instead.
             */
            interface IStopJobOrderRequest extends celda.job.v1.StopJobOrderRequest.$Properties {
            }

            /** Represents a StopJobOrderRequest. */
            class StopJobOrderRequest {

                /**
                 * Constructs a new StopJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StopJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopJobOrderRequest requestId. */
                requestId: string;

                /** StopJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** StopJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** StopJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified StopJobOrderRequest message. Does not implicitly {@link celda.job.v1.StopJobOrderRequest.verify|verify} messages.
                 * @param message StopJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StopJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StopJobOrderRequest & celda.job.v1.StopJobOrderRequest.$Shape} StopJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StopJobOrderRequest & celda.job.v1.StopJobOrderRequest.$Shape;
            }

            namespace StopJobOrderRequest {

                /** Properties of a StopJobOrderRequest. */
                interface $Properties {

                    /** StopJobOrderRequest requestId */
                    requestId?: string;

                    /** StopJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** StopJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** StopJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopJobOrderRequest. */
                type $Shape = celda.job.v1.StopJobOrderRequest.$Properties;
            }

            /**
             * Properties of a StopJobOrderResponse.
             * @deprecated Use celda.job.v1.StopJobOrderResponse.$Properties instead.
             */
            interface IStopJobOrderResponse extends celda.job.v1.StopJobOrderResponse.$Properties {
            }

            /** Represents a StopJobOrderResponse. */
            class StopJobOrderResponse {

                /**
                 * Constructs a new StopJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.StopJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StopJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** StopJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** StopJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified StopJobOrderResponse message. Does not implicitly {@link celda.job.v1.StopJobOrderResponse.verify|verify} messages.
                 * @param message StopJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.StopJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StopJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.StopJobOrderResponse & celda.job.v1.StopJobOrderResponse.$Shape} StopJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.StopJobOrderResponse & celda.job.v1.StopJobOrderResponse.$Shape;
            }

            namespace StopJobOrderResponse {

                /** Properties of a StopJobOrderResponse. */
                interface $Properties {

                    /** StopJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** StopJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** StopJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StopJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a CancelJobOrderRequest.
             * @deprecated Use celda.job.v1.CancelJobOrderRequest.$Properties instead.
             */
            interface ICancelJobOrderRequest extends celda.job.v1.CancelJobOrderRequest.$Properties {
            }

            /** Represents a CancelJobOrderRequest. */
            class CancelJobOrderRequest {

                /**
                 * Constructs a new CancelJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.CancelJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CancelJobOrderRequest requestId. */
                requestId: string;

                /** CancelJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** CancelJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** CancelJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified CancelJobOrderRequest message. Does not implicitly {@link celda.job.v1.CancelJobOrderRequest.verify|verify} messages.
                 * @param message CancelJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.CancelJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CancelJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.CancelJobOrderRequest & celda.job.v1.CancelJobOrderRequest.$Shape} CancelJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.CancelJobOrderRequest & celda.job.v1.CancelJobOrderRequest.$Shape;
            }

            namespace CancelJobOrderRequest {

                /** Properties of a CancelJobOrderRequest. */
                interface $Properties {

                    /** CancelJobOrderRequest requestId */
                    requestId?: string;

                    /** CancelJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** CancelJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** CancelJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CancelJobOrderRequest. */
                type $Shape = celda.job.v1.CancelJobOrderRequest.$Properties;
            }

            /**
             * Properties of a CancelJobOrderResponse.
             * @deprecated Use celda.job.v1.CancelJobOrderResponse.$Properties instead.
             */
            interface ICancelJobOrderResponse extends celda.job.v1.CancelJobOrderResponse.$Properties {
            }

            /** Represents a CancelJobOrderResponse. */
            class CancelJobOrderResponse {

                /**
                 * Constructs a new CancelJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.CancelJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** CancelJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** CancelJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** CancelJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified CancelJobOrderResponse message. Does not implicitly {@link celda.job.v1.CancelJobOrderResponse.verify|verify} messages.
                 * @param message CancelJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.CancelJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a CancelJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.CancelJobOrderResponse & celda.job.v1.CancelJobOrderResponse.$Shape} CancelJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.CancelJobOrderResponse & celda.job.v1.CancelJobOrderResponse.$Shape;
            }

            namespace CancelJobOrderResponse {

                /** Properties of a CancelJobOrderResponse. */
                interface $Properties {

                    /** CancelJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** CancelJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** CancelJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a CancelJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ClearJobOrderRequest.
             * @deprecated Use celda.job.v1.ClearJobOrderRequest.$Properties instead.
             */
            interface IClearJobOrderRequest extends celda.job.v1.ClearJobOrderRequest.$Properties {
            }

            /** Represents a ClearJobOrderRequest. */
            class ClearJobOrderRequest {

                /**
                 * Constructs a new ClearJobOrderRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ClearJobOrderRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClearJobOrderRequest requestId. */
                requestId: string;

                /** ClearJobOrderRequest jobOrderId. */
                jobOrderId: string;

                /** ClearJobOrderRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** ClearJobOrderRequest etag. */
                etag: string;

                /**
                 * Encodes the specified ClearJobOrderRequest message. Does not implicitly {@link celda.job.v1.ClearJobOrderRequest.verify|verify} messages.
                 * @param message ClearJobOrderRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ClearJobOrderRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClearJobOrderRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ClearJobOrderRequest & celda.job.v1.ClearJobOrderRequest.$Shape} ClearJobOrderRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ClearJobOrderRequest & celda.job.v1.ClearJobOrderRequest.$Shape;
            }

            namespace ClearJobOrderRequest {

                /** Properties of a ClearJobOrderRequest. */
                interface $Properties {

                    /** ClearJobOrderRequest requestId */
                    requestId?: string;

                    /** ClearJobOrderRequest jobOrderId */
                    jobOrderId?: string;

                    /** ClearJobOrderRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** ClearJobOrderRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClearJobOrderRequest. */
                type $Shape = celda.job.v1.ClearJobOrderRequest.$Properties;
            }

            /**
             * Properties of a ClearJobOrderResponse.
             * @deprecated Use celda.job.v1.ClearJobOrderResponse.$Properties instead.
             */
            interface IClearJobOrderResponse extends celda.job.v1.ClearJobOrderResponse.$Properties {
            }

            /** Represents a ClearJobOrderResponse. */
            class ClearJobOrderResponse {

                /**
                 * Constructs a new ClearJobOrderResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ClearJobOrderResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClearJobOrderResponse jobOrder. */
                jobOrder: celda.job.v1.JobOrderAndState;

                /** ClearJobOrderResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** ClearJobOrderResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified ClearJobOrderResponse message. Does not implicitly {@link celda.job.v1.ClearJobOrderResponse.verify|verify} messages.
                 * @param message ClearJobOrderResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ClearJobOrderResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClearJobOrderResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ClearJobOrderResponse & celda.job.v1.ClearJobOrderResponse.$Shape} ClearJobOrderResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ClearJobOrderResponse & celda.job.v1.ClearJobOrderResponse.$Shape;
            }

            namespace ClearJobOrderResponse {

                /** Properties of a ClearJobOrderResponse. */
                interface $Properties {

                    /** ClearJobOrderResponse jobOrder */
                    jobOrder?: celda.job.v1.JobOrderAndState.$Properties;

                    /** ClearJobOrderResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** ClearJobOrderResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClearJobOrderResponse. */
                type $Shape = {
                  jobOrder?: celda.job.v1.JobOrderAndState.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a JobResponse.
             * @deprecated Use celda.job.v1.JobResponse.$Properties instead.
             */
            interface IJobResponse extends celda.job.v1.JobResponse.$Properties {
            }

            /** Represents a JobResponse. */
            class JobResponse {

                /**
                 * Constructs a new JobResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.JobResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JobResponse jobResponseId. */
                jobResponseId: string;

                /** JobResponse jobOrderId. */
                jobOrderId: string;

                /** JobResponse descriptions. */
                descriptions: celda.job.v1.LocalizedText[];

                /** JobResponse startTime. */
                startTime: google.protobuf.Timestamp;

                /** JobResponse endTime. */
                endTime: google.protobuf.Timestamp;

                /** JobResponse states. */
                states: celda.job.v1.State[];

                /** JobResponse data. */
                data: celda.job.v1.Parameter[];

                /** JobResponse personnelActuals. */
                personnelActuals: celda.job.v1.PersonnelRequirement[];

                /** JobResponse equipmentActuals. */
                equipmentActuals: celda.job.v1.EquipmentRequirement[];

                /** JobResponse physicalAssetActuals. */
                physicalAssetActuals: celda.job.v1.PhysicalAssetRequirement[];

                /** JobResponse materialActuals. */
                materialActuals: celda.job.v1.MaterialRequirement[];

                /** JobResponse etag. */
                etag: string;

                /** JobResponse result. */
                result: celda.job.v1.JobResult;

                /** JobResponse reason. */
                reason: celda.job.v1.FaultReason;

                /** JobResponse workMaster. */
                workMaster: celda.job.v1.WorkMasterRef;

                /**
                 * Encodes the specified JobResponse message. Does not implicitly {@link celda.job.v1.JobResponse.verify|verify} messages.
                 * @param message JobResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.JobResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JobResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.JobResponse & celda.job.v1.JobResponse.$Shape} JobResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.JobResponse & celda.job.v1.JobResponse.$Shape;
            }

            namespace JobResponse {

                /** Properties of a JobResponse. */
                interface $Properties {

                    /** JobResponse jobResponseId */
                    jobResponseId?: string;

                    /** JobResponse jobOrderId */
                    jobOrderId?: string;

                    /** JobResponse descriptions */
                    descriptions?: celda.job.v1.LocalizedText.$Properties[];

                    /** JobResponse startTime */
                    startTime?: google.protobuf.Timestamp.$Properties;

                    /** JobResponse endTime */
                    endTime?: google.protobuf.Timestamp.$Properties;

                    /** JobResponse states */
                    states?: celda.job.v1.State.$Properties[];

                    /** JobResponse data */
                    data?: celda.job.v1.Parameter.$Properties[];

                    /** JobResponse personnelActuals */
                    personnelActuals?: celda.job.v1.PersonnelRequirement.$Properties[];

                    /** JobResponse equipmentActuals */
                    equipmentActuals?: celda.job.v1.EquipmentRequirement.$Properties[];

                    /** JobResponse physicalAssetActuals */
                    physicalAssetActuals?: celda.job.v1.PhysicalAssetRequirement.$Properties[];

                    /** JobResponse materialActuals */
                    materialActuals?: celda.job.v1.MaterialRequirement.$Properties[];

                    /** JobResponse etag */
                    etag?: string;

                    /** JobResponse result */
                    result?: celda.job.v1.JobResult;

                    /** JobResponse reason */
                    reason?: celda.job.v1.FaultReason.$Properties;

                    /** JobResponse workMaster */
                    workMaster?: celda.job.v1.WorkMasterRef.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JobResponse. */
                type $Shape = {
                  jobResponseId?: string;
                  jobOrderId?: string;
                  descriptions?: celda.job.v1.LocalizedText.$Shape[];
                  startTime?: google.protobuf.Timestamp.$Shape;
                  endTime?: google.protobuf.Timestamp.$Shape;
                  states?: celda.job.v1.State.$Shape[];
                  data?: celda.job.v1.Parameter.$Shape[];
                  personnelActuals?: celda.job.v1.PersonnelRequirement.$Shape[];
                  equipmentActuals?: celda.job.v1.EquipmentRequirement.$Shape[];
                  physicalAssetActuals?: celda.job.v1.PhysicalAssetRequirement.$Shape[];
                  materialActuals?: celda.job.v1.MaterialRequirement.$Shape[];
                  etag?: string;
                  result?: celda.job.v1.JobResult;
                  reason?: celda.job.v1.FaultReason.$Shape;
                  workMaster?: celda.job.v1.WorkMasterRef.$Shape;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a GetJobResponseRequest.
             * @deprecated Use celda.job.v1.GetJobResponseRequest.$Properties instead.
             */
            interface IGetJobResponseRequest extends celda.job.v1.GetJobResponseRequest.$Properties {
            }

            /** Represents a GetJobResponseRequest. */
            class GetJobResponseRequest {

                /**
                 * Constructs a new GetJobResponseRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.GetJobResponseRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetJobResponseRequest jobOrderId. */
                jobOrderId: string;

                /**
                 * Encodes the specified GetJobResponseRequest message. Does not implicitly {@link celda.job.v1.GetJobResponseRequest.verify|verify} messages.
                 * @param message GetJobResponseRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.GetJobResponseRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetJobResponseRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.GetJobResponseRequest & celda.job.v1.GetJobResponseRequest.$Shape} GetJobResponseRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.GetJobResponseRequest & celda.job.v1.GetJobResponseRequest.$Shape;
            }

            namespace GetJobResponseRequest {

                /** Properties of a GetJobResponseRequest. */
                interface $Properties {

                    /** GetJobResponseRequest jobOrderId */
                    jobOrderId?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetJobResponseRequest. */
                type $Shape = celda.job.v1.GetJobResponseRequest.$Properties;
            }

            /**
             * Properties of a GetJobResponseResponse.
             * @deprecated Use celda.job.v1.GetJobResponseResponse.$Properties instead.
             */
            interface IGetJobResponseResponse extends celda.job.v1.GetJobResponseResponse.$Properties {
            }

            /** Represents a GetJobResponseResponse. */
            class GetJobResponseResponse {

                /**
                 * Constructs a new GetJobResponseResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.GetJobResponseResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetJobResponseResponse jobResponse. */
                jobResponse: celda.job.v1.JobResponse;

                /** GetJobResponseResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /**
                 * Encodes the specified GetJobResponseResponse message. Does not implicitly {@link celda.job.v1.GetJobResponseResponse.verify|verify} messages.
                 * @param message GetJobResponseResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.GetJobResponseResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetJobResponseResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.GetJobResponseResponse & celda.job.v1.GetJobResponseResponse.$Shape} GetJobResponseResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.GetJobResponseResponse & celda.job.v1.GetJobResponseResponse.$Shape;
            }

            namespace GetJobResponseResponse {

                /** Properties of a GetJobResponseResponse. */
                interface $Properties {

                    /** GetJobResponseResponse jobResponse */
                    jobResponse?: celda.job.v1.JobResponse.$Properties;

                    /** GetJobResponseResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetJobResponseResponse. */
                type $Shape = {
                  jobResponse?: celda.job.v1.JobResponse.$Shape;
                  isa95ReturnStatus?: Long;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a JobStatePath.
             * @deprecated Use celda.job.v1.JobStatePath.$Properties instead.
             */
            interface IJobStatePath extends celda.job.v1.JobStatePath.$Properties {
            }

            /** Represents a JobStatePath. */
            class JobStatePath {

                /**
                 * Constructs a new JobStatePath.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.JobStatePath.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JobStatePath jobState. */
                jobState: celda.job.v1.JobState;

                /** JobStatePath interruptedSubstate. */
                interruptedSubstate: celda.job.v1.InterruptedSubstate;

                /** JobStatePath endedSubstate. */
                endedSubstate: celda.job.v1.EndedSubstate;

                /**
                 * Encodes the specified JobStatePath message. Does not implicitly {@link celda.job.v1.JobStatePath.verify|verify} messages.
                 * @param message JobStatePath message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.JobStatePath.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JobStatePath message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.JobStatePath & celda.job.v1.JobStatePath.$Shape} JobStatePath
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.JobStatePath & celda.job.v1.JobStatePath.$Shape;
            }

            namespace JobStatePath {

                /** Properties of a JobStatePath. */
                interface $Properties {

                    /** JobStatePath jobState */
                    jobState?: celda.job.v1.JobState;

                    /** JobStatePath interruptedSubstate */
                    interruptedSubstate?: celda.job.v1.InterruptedSubstate;

                    /** JobStatePath endedSubstate */
                    endedSubstate?: celda.job.v1.EndedSubstate;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JobStatePath. */
                type $Shape = celda.job.v1.JobStatePath.$Properties;
            }

            /**
             * Properties of a ListJobResponsesRequest.
             * @deprecated Use celda.job.v1.ListJobResponsesRequest.$Properties instead.
             */
            interface IListJobResponsesRequest extends celda.job.v1.ListJobResponsesRequest.$Properties {
            }

            /** Represents a ListJobResponsesRequest. */
            class ListJobResponsesRequest {

                /**
                 * Constructs a new ListJobResponsesRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ListJobResponsesRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListJobResponsesRequest pageSize. */
                pageSize: number;

                /** ListJobResponsesRequest pageToken. */
                pageToken: string;

                /** ListJobResponsesRequest states. */
                states: celda.job.v1.JobStatePath[];

                /**
                 * Encodes the specified ListJobResponsesRequest message. Does not implicitly {@link celda.job.v1.ListJobResponsesRequest.verify|verify} messages.
                 * @param message ListJobResponsesRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ListJobResponsesRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListJobResponsesRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ListJobResponsesRequest & celda.job.v1.ListJobResponsesRequest.$Shape} ListJobResponsesRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ListJobResponsesRequest & celda.job.v1.ListJobResponsesRequest.$Shape;
            }

            namespace ListJobResponsesRequest {

                /** Properties of a ListJobResponsesRequest. */
                interface $Properties {

                    /** ListJobResponsesRequest pageSize */
                    pageSize?: number;

                    /** ListJobResponsesRequest pageToken */
                    pageToken?: string;

                    /** ListJobResponsesRequest states */
                    states?: celda.job.v1.JobStatePath.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListJobResponsesRequest. */
                type $Shape = celda.job.v1.ListJobResponsesRequest.$Properties;
            }

            /**
             * Properties of a ListJobResponsesResponse.
             * @deprecated Use celda.job.v1.ListJobResponsesResponse.$Properties instead.
             */
            interface IListJobResponsesResponse extends celda.job.v1.ListJobResponsesResponse.$Properties {
            }

            /** Represents a ListJobResponsesResponse. */
            class ListJobResponsesResponse {

                /**
                 * Constructs a new ListJobResponsesResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ListJobResponsesResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListJobResponsesResponse jobResponses. */
                jobResponses: celda.job.v1.JobResponse[];

                /** ListJobResponsesResponse nextPageToken. */
                nextPageToken: string;

                /** ListJobResponsesResponse totalSize. */
                totalSize: number;

                /** ListJobResponsesResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /**
                 * Encodes the specified ListJobResponsesResponse message. Does not implicitly {@link celda.job.v1.ListJobResponsesResponse.verify|verify} messages.
                 * @param message ListJobResponsesResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ListJobResponsesResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListJobResponsesResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ListJobResponsesResponse & celda.job.v1.ListJobResponsesResponse.$Shape} ListJobResponsesResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ListJobResponsesResponse & celda.job.v1.ListJobResponsesResponse.$Shape;
            }

            namespace ListJobResponsesResponse {

                /** Properties of a ListJobResponsesResponse. */
                interface $Properties {

                    /** ListJobResponsesResponse jobResponses */
                    jobResponses?: celda.job.v1.JobResponse.$Properties[];

                    /** ListJobResponsesResponse nextPageToken */
                    nextPageToken?: string;

                    /** ListJobResponsesResponse totalSize */
                    totalSize?: number;

                    /** ListJobResponsesResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListJobResponsesResponse. */
                type $Shape = {
                  jobResponses?: celda.job.v1.JobResponse.$Shape[];
                  nextPageToken?: string;
                  totalSize?: number;
                  isa95ReturnStatus?: Long;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of an AcknowledgeJobResponseRequest.
             * @deprecated Use celda.job.v1.AcknowledgeJobResponseRequest.$Properties instead.
             */
            interface IAcknowledgeJobResponseRequest extends celda.job.v1.AcknowledgeJobResponseRequest.$Properties {
            }

            /** Represents an AcknowledgeJobResponseRequest. */
            class AcknowledgeJobResponseRequest {

                /**
                 * Constructs a new AcknowledgeJobResponseRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.AcknowledgeJobResponseRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcknowledgeJobResponseRequest requestId. */
                requestId: string;

                /** AcknowledgeJobResponseRequest jobOrderId. */
                jobOrderId: string;

                /** AcknowledgeJobResponseRequest comments. */
                comments: celda.job.v1.LocalizedText[];

                /** AcknowledgeJobResponseRequest etag. */
                etag: string;

                /**
                 * Encodes the specified AcknowledgeJobResponseRequest message. Does not implicitly {@link celda.job.v1.AcknowledgeJobResponseRequest.verify|verify} messages.
                 * @param message AcknowledgeJobResponseRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.AcknowledgeJobResponseRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcknowledgeJobResponseRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.AcknowledgeJobResponseRequest & celda.job.v1.AcknowledgeJobResponseRequest.$Shape} AcknowledgeJobResponseRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.AcknowledgeJobResponseRequest & celda.job.v1.AcknowledgeJobResponseRequest.$Shape;
            }

            namespace AcknowledgeJobResponseRequest {

                /** Properties of an AcknowledgeJobResponseRequest. */
                interface $Properties {

                    /** AcknowledgeJobResponseRequest requestId */
                    requestId?: string;

                    /** AcknowledgeJobResponseRequest jobOrderId */
                    jobOrderId?: string;

                    /** AcknowledgeJobResponseRequest comments */
                    comments?: celda.job.v1.LocalizedText.$Properties[];

                    /** AcknowledgeJobResponseRequest etag */
                    etag?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcknowledgeJobResponseRequest. */
                type $Shape = celda.job.v1.AcknowledgeJobResponseRequest.$Properties;
            }

            /**
             * Properties of an AcknowledgeJobResponseResponse.
             * @deprecated Use celda.job.v1.AcknowledgeJobResponseResponse.$Properties instead.
             */
            interface IAcknowledgeJobResponseResponse extends celda.job.v1.AcknowledgeJobResponseResponse.$Properties {
            }

            /** Represents an AcknowledgeJobResponseResponse. */
            class AcknowledgeJobResponseResponse {

                /**
                 * Constructs a new AcknowledgeJobResponseResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.AcknowledgeJobResponseResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AcknowledgeJobResponseResponse jobResponse. */
                jobResponse: celda.job.v1.JobResponse;

                /** AcknowledgeJobResponseResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /** AcknowledgeJobResponseResponse replayed. */
                replayed: boolean;

                /**
                 * Encodes the specified AcknowledgeJobResponseResponse message. Does not implicitly {@link celda.job.v1.AcknowledgeJobResponseResponse.verify|verify} messages.
                 * @param message AcknowledgeJobResponseResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.AcknowledgeJobResponseResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AcknowledgeJobResponseResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.AcknowledgeJobResponseResponse & celda.job.v1.AcknowledgeJobResponseResponse.$Shape} AcknowledgeJobResponseResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.AcknowledgeJobResponseResponse & celda.job.v1.AcknowledgeJobResponseResponse.$Shape;
            }

            namespace AcknowledgeJobResponseResponse {

                /** Properties of an AcknowledgeJobResponseResponse. */
                interface $Properties {

                    /** AcknowledgeJobResponseResponse jobResponse */
                    jobResponse?: celda.job.v1.JobResponse.$Properties;

                    /** AcknowledgeJobResponseResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** AcknowledgeJobResponseResponse replayed */
                    replayed?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AcknowledgeJobResponseResponse. */
                type $Shape = {
                  jobResponse?: celda.job.v1.JobResponse.$Shape;
                  isa95ReturnStatus?: Long;
                  replayed?: boolean;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ReceiveJobResponseRequest.
             * @deprecated Use celda.job.v1.ReceiveJobResponseRequest.$Properties instead.
             */
            interface IReceiveJobResponseRequest extends celda.job.v1.ReceiveJobResponseRequest.$Properties {
            }

            /** Represents a ReceiveJobResponseRequest. */
            class ReceiveJobResponseRequest {

                /**
                 * Constructs a new ReceiveJobResponseRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ReceiveJobResponseRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReceiveJobResponseRequest cellName. */
                cellName: string;

                /** ReceiveJobResponseRequest deliveryId. */
                deliveryId: string;

                /** ReceiveJobResponseRequest jobResponse. */
                jobResponse: celda.job.v1.JobResponse;

                /**
                 * Encodes the specified ReceiveJobResponseRequest message. Does not implicitly {@link celda.job.v1.ReceiveJobResponseRequest.verify|verify} messages.
                 * @param message ReceiveJobResponseRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ReceiveJobResponseRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReceiveJobResponseRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ReceiveJobResponseRequest & celda.job.v1.ReceiveJobResponseRequest.$Shape} ReceiveJobResponseRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ReceiveJobResponseRequest & celda.job.v1.ReceiveJobResponseRequest.$Shape;
            }

            namespace ReceiveJobResponseRequest {

                /** Properties of a ReceiveJobResponseRequest. */
                interface $Properties {

                    /** ReceiveJobResponseRequest cellName */
                    cellName?: string;

                    /** ReceiveJobResponseRequest deliveryId */
                    deliveryId?: string;

                    /** ReceiveJobResponseRequest jobResponse */
                    jobResponse?: celda.job.v1.JobResponse.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReceiveJobResponseRequest. */
                type $Shape = {
                  cellName?: string;
                  deliveryId?: string;
                  jobResponse?: celda.job.v1.JobResponse.$Shape;
                  $unknowns?: Uint8Array[];
                };
            }

            /**
             * Properties of a ReceiveJobResponseResponse.
             * @deprecated Use celda.job.v1.ReceiveJobResponseResponse.$Properties instead.
             */
            interface IReceiveJobResponseResponse extends celda.job.v1.ReceiveJobResponseResponse.$Properties {
            }

            /** Represents a ReceiveJobResponseResponse. */
            class ReceiveJobResponseResponse {

                /**
                 * Constructs a new ReceiveJobResponseResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.job.v1.ReceiveJobResponseResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ReceiveJobResponseResponse isa95ReturnStatus. */
                isa95ReturnStatus: Long;

                /**
                 * Encodes the specified ReceiveJobResponseResponse message. Does not implicitly {@link celda.job.v1.ReceiveJobResponseResponse.verify|verify} messages.
                 * @param message ReceiveJobResponseResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.job.v1.ReceiveJobResponseResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ReceiveJobResponseResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.job.v1.ReceiveJobResponseResponse & celda.job.v1.ReceiveJobResponseResponse.$Shape} ReceiveJobResponseResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.job.v1.ReceiveJobResponseResponse & celda.job.v1.ReceiveJobResponseResponse.$Shape;
            }

            namespace ReceiveJobResponseResponse {

                /** Properties of a ReceiveJobResponseResponse. */
                interface $Properties {

                    /** ReceiveJobResponseResponse isa95ReturnStatus */
                    isa95ReturnStatus?: Long;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ReceiveJobResponseResponse. */
                type $Shape = celda.job.v1.ReceiveJobResponseResponse.$Properties;
            }
        }
    }

    /** Namespace sim. */
    namespace sim {

        /** Namespace v1. */
        namespace v1 {

            /** PartState enum. */
            enum PartState {

                /** PART_STATE_UNSPECIFIED value */
                PART_STATE_UNSPECIFIED = 0,

                /** PART_STATE_WAITING value */
                PART_STATE_WAITING = 1,

                /** PART_STATE_ON_BELT value */
                PART_STATE_ON_BELT = 2,

                /** PART_STATE_AT_PICK value */
                PART_STATE_AT_PICK = 3,

                /** PART_STATE_HELD value */
                PART_STATE_HELD = 4,

                /** PART_STATE_IN_TRAY value */
                PART_STATE_IN_TRAY = 5,

                /** PART_STATE_DROPPED value */
                PART_STATE_DROPPED = 6
            }

            /**
             * Properties of a Point.
             * @deprecated Use celda.sim.v1.Point.$Properties instead.
             */
            interface IPoint extends celda.sim.v1.Point.$Properties {
            }

            /** Represents a Point. */
            class Point {

                /**
                 * Constructs a new Point.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Point.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Point xMm. */
                xMm: number;

                /** Point yMm. */
                yMm: number;

                /** Point zMm. */
                zMm: number;

                /**
                 * Encodes the specified Point message. Does not implicitly {@link celda.sim.v1.Point.verify|verify} messages.
                 * @param message Point message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Point.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Point message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Point & celda.sim.v1.Point.$Shape} Point
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Point & celda.sim.v1.Point.$Shape;
            }

            namespace Point {

                /** Properties of a Point. */
                interface $Properties {

                    /** Point xMm */
                    xMm?: number;

                    /** Point yMm */
                    yMm?: number;

                    /** Point zMm */
                    zMm?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Point. */
                type $Shape = celda.sim.v1.Point.$Properties;
            }

            /**
             * Properties of a Part.
             * @deprecated Use celda.sim.v1.Part.$Properties instead.
             */
            interface IPart extends celda.sim.v1.Part.$Properties {
            }

            /** Represents a Part. */
            class Part {

                /**
                 * Constructs a new Part.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Part.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Part id. */
                id: number;

                /** Part state. */
                state: celda.sim.v1.PartState;

                /** Part position. */
                position: celda.sim.v1.Point;

                /** Part tray. */
                tray: string;

                /** Part sealedKpa. */
                sealedKpa: number;

                /**
                 * Encodes the specified Part message. Does not implicitly {@link celda.sim.v1.Part.verify|verify} messages.
                 * @param message Part message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Part.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Part message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Part & celda.sim.v1.Part.$Shape} Part
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Part & celda.sim.v1.Part.$Shape;
            }

            namespace Part {

                /** Properties of a Part. */
                interface $Properties {

                    /** Part id */
                    id?: number;

                    /** Part state */
                    state?: celda.sim.v1.PartState;

                    /** Part position */
                    position?: celda.sim.v1.Point.$Properties;

                    /** Part tray */
                    tray?: string;

                    /** Part sealedKpa */
                    sealedKpa?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Part. */
                type $Shape = celda.sim.v1.Part.$Properties;
            }

            /**
             * Properties of a Joint.
             * @deprecated Use celda.sim.v1.Joint.$Properties instead.
             */
            interface IJoint extends celda.sim.v1.Joint.$Properties {
            }

            /** Represents a Joint. */
            class Joint {

                /**
                 * Constructs a new Joint.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Joint.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Joint device. */
                device: string;

                /** Joint positionDeg. */
                positionDeg: number;

                /** Joint commandDeg. */
                commandDeg: (number|null);

                /** Joint velocityDegPerS. */
                velocityDegPerS: number;

                /**
                 * Encodes the specified Joint message. Does not implicitly {@link celda.sim.v1.Joint.verify|verify} messages.
                 * @param message Joint message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Joint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Joint message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Joint & celda.sim.v1.Joint.$Shape} Joint
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Joint & celda.sim.v1.Joint.$Shape;
            }

            namespace Joint {

                /** Properties of a Joint. */
                interface $Properties {

                    /** Joint device */
                    device?: string;

                    /** Joint positionDeg */
                    positionDeg?: number;

                    /** Joint commandDeg */
                    commandDeg?: (number|null);

                    /** Joint velocityDegPerS */
                    velocityDegPerS?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Joint. */
                type $Shape = celda.sim.v1.Joint.$Properties;
            }

            /**
             * Properties of a Gripper.
             * @deprecated Use celda.sim.v1.Gripper.$Properties instead.
             */
            interface IGripper extends celda.sim.v1.Gripper.$Properties {
            }

            /** Represents a Gripper. */
            class Gripper {

                /**
                 * Constructs a new Gripper.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Gripper.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Gripper device. */
                device: string;

                /** Gripper valveOn. */
                valveOn: boolean;

                /** Gripper pressureKpa. */
                pressureKpa: number;

                /** Gripper heldPartId. */
                heldPartId: (number|null);

                /** Gripper position. */
                position: celda.sim.v1.Point;

                /**
                 * Encodes the specified Gripper message. Does not implicitly {@link celda.sim.v1.Gripper.verify|verify} messages.
                 * @param message Gripper message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Gripper.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Gripper message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Gripper & celda.sim.v1.Gripper.$Shape} Gripper
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Gripper & celda.sim.v1.Gripper.$Shape;
            }

            namespace Gripper {

                /** Properties of a Gripper. */
                interface $Properties {

                    /** Gripper device */
                    device?: string;

                    /** Gripper valveOn */
                    valveOn?: boolean;

                    /** Gripper pressureKpa */
                    pressureKpa?: number;

                    /** Gripper heldPartId */
                    heldPartId?: (number|null);

                    /** Gripper position */
                    position?: celda.sim.v1.Point.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Gripper. */
                type $Shape = celda.sim.v1.Gripper.$Properties;
            }

            /**
             * Properties of a Conveyor.
             * @deprecated Use celda.sim.v1.Conveyor.$Properties instead.
             */
            interface IConveyor extends celda.sim.v1.Conveyor.$Properties {
            }

            /** Represents a Conveyor. */
            class Conveyor {

                /**
                 * Constructs a new Conveyor.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Conveyor.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Conveyor device. */
                device: string;

                /** Conveyor running. */
                running: boolean;

                /** Conveyor travelledMm. */
                travelledMm: number;

                /**
                 * Encodes the specified Conveyor message. Does not implicitly {@link celda.sim.v1.Conveyor.verify|verify} messages.
                 * @param message Conveyor message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Conveyor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Conveyor message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Conveyor & celda.sim.v1.Conveyor.$Shape} Conveyor
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Conveyor & celda.sim.v1.Conveyor.$Shape;
            }

            namespace Conveyor {

                /** Properties of a Conveyor. */
                interface $Properties {

                    /** Conveyor device */
                    device?: string;

                    /** Conveyor running */
                    running?: boolean;

                    /** Conveyor travelledMm */
                    travelledMm?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Conveyor. */
                type $Shape = celda.sim.v1.Conveyor.$Properties;
            }

            /**
             * Properties of a Tray.
             * @deprecated Use celda.sim.v1.Tray.$Properties instead.
             */
            interface ITray extends celda.sim.v1.Tray.$Properties {
            }

            /** Represents a Tray. */
            class Tray {

                /**
                 * Constructs a new Tray.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Tray.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Tray name. */
                name: string;

                /** Tray partIds. */
                partIds: number[];

                /**
                 * Encodes the specified Tray message. Does not implicitly {@link celda.sim.v1.Tray.verify|verify} messages.
                 * @param message Tray message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Tray.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Tray message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Tray & celda.sim.v1.Tray.$Shape} Tray
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Tray & celda.sim.v1.Tray.$Shape;
            }

            namespace Tray {

                /** Properties of a Tray. */
                interface $Properties {

                    /** Tray name */
                    name?: string;

                    /** Tray partIds */
                    partIds?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Tray. */
                type $Shape = celda.sim.v1.Tray.$Properties;
            }

            /**
             * Properties of an Axis.
             * @deprecated Use celda.sim.v1.Axis.$Properties instead.
             */
            interface IAxis extends celda.sim.v1.Axis.$Properties {
            }

            /** Represents an Axis. */
            class Axis {

                /**
                 * Constructs a new Axis.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Axis.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Axis device. */
                device: string;

                /** Axis positionMm. */
                positionMm: number;

                /** Axis atHome. */
                atHome: boolean;

                /** Axis lostSteps. */
                lostSteps: number;

                /**
                 * Encodes the specified Axis message. Does not implicitly {@link celda.sim.v1.Axis.verify|verify} messages.
                 * @param message Axis message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Axis.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Axis message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Axis & celda.sim.v1.Axis.$Shape} Axis
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Axis & celda.sim.v1.Axis.$Shape;
            }

            namespace Axis {

                /** Properties of an Axis. */
                interface $Properties {

                    /** Axis device */
                    device?: string;

                    /** Axis positionMm */
                    positionMm?: number;

                    /** Axis atHome */
                    atHome?: boolean;

                    /** Axis lostSteps */
                    lostSteps?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Axis. */
                type $Shape = celda.sim.v1.Axis.$Properties;
            }

            /**
             * Properties of a StackLight.
             * @deprecated Use celda.sim.v1.StackLight.$Properties instead.
             */
            interface IStackLight extends celda.sim.v1.StackLight.$Properties {
            }

            /** Represents a StackLight. */
            class StackLight {

                /**
                 * Constructs a new StackLight.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.StackLight.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StackLight device. */
                device: string;

                /** StackLight red. */
                red: boolean;

                /** StackLight amber. */
                amber: boolean;

                /** StackLight blue. */
                blue: (boolean|null);

                /** StackLight green. */
                green: boolean;

                /**
                 * Encodes the specified StackLight message. Does not implicitly {@link celda.sim.v1.StackLight.verify|verify} messages.
                 * @param message StackLight message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.StackLight.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StackLight message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.StackLight & celda.sim.v1.StackLight.$Shape} StackLight
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.StackLight & celda.sim.v1.StackLight.$Shape;
            }

            namespace StackLight {

                /** Properties of a StackLight. */
                interface $Properties {

                    /** StackLight device */
                    device?: string;

                    /** StackLight red */
                    red?: boolean;

                    /** StackLight amber */
                    amber?: boolean;

                    /** StackLight blue */
                    blue?: (boolean|null);

                    /** StackLight green */
                    green?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StackLight. */
                type $Shape = celda.sim.v1.StackLight.$Properties;
            }

            /**
             * Properties of a Buzzer.
             * @deprecated Use celda.sim.v1.Buzzer.$Properties instead.
             */
            interface IBuzzer extends celda.sim.v1.Buzzer.$Properties {
            }

            /** Represents a Buzzer. */
            class Buzzer {

                /**
                 * Constructs a new Buzzer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Buzzer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Buzzer device. */
                device: string;

                /** Buzzer sounding. */
                sounding: boolean;

                /**
                 * Encodes the specified Buzzer message. Does not implicitly {@link celda.sim.v1.Buzzer.verify|verify} messages.
                 * @param message Buzzer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Buzzer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Buzzer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Buzzer & celda.sim.v1.Buzzer.$Shape} Buzzer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Buzzer & celda.sim.v1.Buzzer.$Shape;
            }

            namespace Buzzer {

                /** Properties of a Buzzer. */
                interface $Properties {

                    /** Buzzer device */
                    device?: string;

                    /** Buzzer sounding */
                    sounding?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Buzzer. */
                type $Shape = celda.sim.v1.Buzzer.$Properties;
            }

            /**
             * Properties of a Plant.
             * @deprecated Use celda.sim.v1.Plant.$Properties instead.
             */
            interface IPlant extends celda.sim.v1.Plant.$Properties {
            }

            /** Represents a Plant. */
            class Plant {

                /**
                 * Constructs a new Plant.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Plant.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Plant timeMs. */
                timeMs: number;

                /** Plant seed. */
                seed: Long;

                /** Plant joints. */
                joints: celda.sim.v1.Joint[];

                /** Plant grippers. */
                grippers: celda.sim.v1.Gripper[];

                /** Plant conveyors. */
                conveyors: celda.sim.v1.Conveyor[];

                /** Plant parts. */
                parts: celda.sim.v1.Part[];

                /** Plant trays. */
                trays: celda.sim.v1.Tray[];

                /** Plant servoPowerOn. */
                servoPowerOn: boolean;

                /** Plant axes. */
                axes: celda.sim.v1.Axis[];

                /** Plant stackLights. */
                stackLights: celda.sim.v1.StackLight[];

                /** Plant buzzers. */
                buzzers: celda.sim.v1.Buzzer[];

                /**
                 * Encodes the specified Plant message. Does not implicitly {@link celda.sim.v1.Plant.verify|verify} messages.
                 * @param message Plant message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Plant.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Plant message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Plant & celda.sim.v1.Plant.$Shape} Plant
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Plant & celda.sim.v1.Plant.$Shape;
            }

            namespace Plant {

                /** Properties of a Plant. */
                interface $Properties {

                    /** Plant timeMs */
                    timeMs?: number;

                    /** Plant seed */
                    seed?: Long;

                    /** Plant joints */
                    joints?: celda.sim.v1.Joint.$Properties[];

                    /** Plant grippers */
                    grippers?: celda.sim.v1.Gripper.$Properties[];

                    /** Plant conveyors */
                    conveyors?: celda.sim.v1.Conveyor.$Properties[];

                    /** Plant parts */
                    parts?: celda.sim.v1.Part.$Properties[];

                    /** Plant trays */
                    trays?: celda.sim.v1.Tray.$Properties[];

                    /** Plant servoPowerOn */
                    servoPowerOn?: boolean;

                    /** Plant axes */
                    axes?: celda.sim.v1.Axis.$Properties[];

                    /** Plant stackLights */
                    stackLights?: celda.sim.v1.StackLight.$Properties[];

                    /** Plant buzzers */
                    buzzers?: celda.sim.v1.Buzzer.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Plant. */
                type $Shape = celda.sim.v1.Plant.$Properties;
            }

            /**
             * Properties of a GetPlantRequest.
             * @deprecated Use celda.sim.v1.GetPlantRequest.$Properties instead.
             */
            interface IGetPlantRequest extends celda.sim.v1.GetPlantRequest.$Properties {
            }

            /** Represents a GetPlantRequest. */
            class GetPlantRequest {

                /**
                 * Constructs a new GetPlantRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.GetPlantRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified GetPlantRequest message. Does not implicitly {@link celda.sim.v1.GetPlantRequest.verify|verify} messages.
                 * @param message GetPlantRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.GetPlantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetPlantRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.GetPlantRequest & celda.sim.v1.GetPlantRequest.$Shape} GetPlantRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.GetPlantRequest & celda.sim.v1.GetPlantRequest.$Shape;
            }

            namespace GetPlantRequest {

                /** Properties of a GetPlantRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetPlantRequest. */
                type $Shape = celda.sim.v1.GetPlantRequest.$Properties;
            }

            /**
             * Properties of a GetPlantResponse.
             * @deprecated Use celda.sim.v1.GetPlantResponse.$Properties instead.
             */
            interface IGetPlantResponse extends celda.sim.v1.GetPlantResponse.$Properties {
            }

            /** Represents a GetPlantResponse. */
            class GetPlantResponse {

                /**
                 * Constructs a new GetPlantResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.GetPlantResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** GetPlantResponse plant. */
                plant: celda.sim.v1.Plant;

                /**
                 * Encodes the specified GetPlantResponse message. Does not implicitly {@link celda.sim.v1.GetPlantResponse.verify|verify} messages.
                 * @param message GetPlantResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.GetPlantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a GetPlantResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.GetPlantResponse & celda.sim.v1.GetPlantResponse.$Shape} GetPlantResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.GetPlantResponse & celda.sim.v1.GetPlantResponse.$Shape;
            }

            namespace GetPlantResponse {

                /** Properties of a GetPlantResponse. */
                interface $Properties {

                    /** GetPlantResponse plant */
                    plant?: celda.sim.v1.Plant.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a GetPlantResponse. */
                type $Shape = celda.sim.v1.GetPlantResponse.$Properties;
            }

            /** InputKind enum. */
            enum InputKind {

                /** INPUT_KIND_UNSPECIFIED value */
                INPUT_KIND_UNSPECIFIED = 0,

                /** INPUT_KIND_DIGITAL value */
                INPUT_KIND_DIGITAL = 1,

                /** INPUT_KIND_ANALOG value */
                INPUT_KIND_ANALOG = 2
            }

            /**
             * Properties of an Input.
             * @deprecated Use celda.sim.v1.Input.$Properties instead.
             */
            interface IInput extends celda.sim.v1.Input.$Properties {
            }

            /** Represents an Input. */
            class Input {

                /**
                 * Constructs a new Input.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.Input.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Input device. */
                device: string;

                /** Input description. */
                description: string;

                /** Input kind. */
                kind: celda.sim.v1.InputKind;

                /** Input value. */
                value: number;

                /** Input unit. */
                unit: string;

                /** Input min. */
                min: number;

                /** Input max. */
                max: number;

                /** Input overridden. */
                overridden: boolean;

                /**
                 * Encodes the specified Input message. Does not implicitly {@link celda.sim.v1.Input.verify|verify} messages.
                 * @param message Input message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.Input.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Input message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.Input & celda.sim.v1.Input.$Shape} Input
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.Input & celda.sim.v1.Input.$Shape;
            }

            namespace Input {

                /** Properties of an Input. */
                interface $Properties {

                    /** Input device */
                    device?: string;

                    /** Input description */
                    description?: string;

                    /** Input kind */
                    kind?: celda.sim.v1.InputKind;

                    /** Input value */
                    value?: number;

                    /** Input unit */
                    unit?: string;

                    /** Input min */
                    min?: number;

                    /** Input max */
                    max?: number;

                    /** Input overridden */
                    overridden?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Input. */
                type $Shape = celda.sim.v1.Input.$Properties;
            }

            /**
             * Properties of a ListInputsRequest.
             * @deprecated Use celda.sim.v1.ListInputsRequest.$Properties instead.
             */
            interface IListInputsRequest extends celda.sim.v1.ListInputsRequest.$Properties {
            }

            /** Represents a ListInputsRequest. */
            class ListInputsRequest {

                /**
                 * Constructs a new ListInputsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ListInputsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified ListInputsRequest message. Does not implicitly {@link celda.sim.v1.ListInputsRequest.verify|verify} messages.
                 * @param message ListInputsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ListInputsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListInputsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ListInputsRequest & celda.sim.v1.ListInputsRequest.$Shape} ListInputsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ListInputsRequest & celda.sim.v1.ListInputsRequest.$Shape;
            }

            namespace ListInputsRequest {

                /** Properties of a ListInputsRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListInputsRequest. */
                type $Shape = celda.sim.v1.ListInputsRequest.$Properties;
            }

            /**
             * Properties of a ListInputsResponse.
             * @deprecated Use celda.sim.v1.ListInputsResponse.$Properties instead.
             */
            interface IListInputsResponse extends celda.sim.v1.ListInputsResponse.$Properties {
            }

            /** Represents a ListInputsResponse. */
            class ListInputsResponse {

                /**
                 * Constructs a new ListInputsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ListInputsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListInputsResponse inputs. */
                inputs: celda.sim.v1.Input[];

                /**
                 * Encodes the specified ListInputsResponse message. Does not implicitly {@link celda.sim.v1.ListInputsResponse.verify|verify} messages.
                 * @param message ListInputsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ListInputsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListInputsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ListInputsResponse & celda.sim.v1.ListInputsResponse.$Shape} ListInputsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ListInputsResponse & celda.sim.v1.ListInputsResponse.$Shape;
            }

            namespace ListInputsResponse {

                /** Properties of a ListInputsResponse. */
                interface $Properties {

                    /** ListInputsResponse inputs */
                    inputs?: celda.sim.v1.Input.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListInputsResponse. */
                type $Shape = celda.sim.v1.ListInputsResponse.$Properties;
            }

            /**
             * Properties of a SetInputRequest.
             * @deprecated Use celda.sim.v1.SetInputRequest.$Properties instead.
             */
            interface ISetInputRequest extends celda.sim.v1.SetInputRequest.$Properties {
            }

            /** Represents a SetInputRequest. */
            class SetInputRequest {

                /**
                 * Constructs a new SetInputRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.SetInputRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SetInputRequest device. */
                device: string;

                /** SetInputRequest value. */
                value: (number|null);

                /**
                 * Encodes the specified SetInputRequest message. Does not implicitly {@link celda.sim.v1.SetInputRequest.verify|verify} messages.
                 * @param message SetInputRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.SetInputRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SetInputRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.SetInputRequest & celda.sim.v1.SetInputRequest.$Shape} SetInputRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.SetInputRequest & celda.sim.v1.SetInputRequest.$Shape;
            }

            namespace SetInputRequest {

                /** Properties of a SetInputRequest. */
                interface $Properties {

                    /** SetInputRequest device */
                    device?: string;

                    /** SetInputRequest value */
                    value?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SetInputRequest. */
                type $Shape = celda.sim.v1.SetInputRequest.$Properties;
            }

            /**
             * Properties of a SetInputResponse.
             * @deprecated Use celda.sim.v1.SetInputResponse.$Properties instead.
             */
            interface ISetInputResponse extends celda.sim.v1.SetInputResponse.$Properties {
            }

            /** Represents a SetInputResponse. */
            class SetInputResponse {

                /**
                 * Constructs a new SetInputResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.SetInputResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** SetInputResponse input. */
                input: celda.sim.v1.Input;

                /**
                 * Encodes the specified SetInputResponse message. Does not implicitly {@link celda.sim.v1.SetInputResponse.verify|verify} messages.
                 * @param message SetInputResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.SetInputResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a SetInputResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.SetInputResponse & celda.sim.v1.SetInputResponse.$Shape} SetInputResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.SetInputResponse & celda.sim.v1.SetInputResponse.$Shape;
            }

            namespace SetInputResponse {

                /** Properties of a SetInputResponse. */
                interface $Properties {

                    /** SetInputResponse input */
                    input?: celda.sim.v1.Input.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a SetInputResponse. */
                type $Shape = celda.sim.v1.SetInputResponse.$Properties;
            }

            /**
             * Properties of a ComponentFault.
             * @deprecated Use celda.sim.v1.ComponentFault.$Properties instead.
             */
            interface IComponentFault extends celda.sim.v1.ComponentFault.$Properties {
            }

            /** Represents a ComponentFault. */
            class ComponentFault {

                /**
                 * Constructs a new ComponentFault.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ComponentFault.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ComponentFault component. */
                component: string;

                /** ComponentFault kind. */
                kind: string;

                /** ComponentFault description. */
                description: string;

                /** ComponentFault unit. */
                unit: string;

                /** ComponentFault min. */
                min: number;

                /** ComponentFault max. */
                max: number;

                /** ComponentFault magnitude. */
                magnitude: number;

                /** ComponentFault active. */
                active: boolean;

                /**
                 * Encodes the specified ComponentFault message. Does not implicitly {@link celda.sim.v1.ComponentFault.verify|verify} messages.
                 * @param message ComponentFault message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ComponentFault.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ComponentFault message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ComponentFault & celda.sim.v1.ComponentFault.$Shape} ComponentFault
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ComponentFault & celda.sim.v1.ComponentFault.$Shape;
            }

            namespace ComponentFault {

                /** Properties of a ComponentFault. */
                interface $Properties {

                    /** ComponentFault component */
                    component?: string;

                    /** ComponentFault kind */
                    kind?: string;

                    /** ComponentFault description */
                    description?: string;

                    /** ComponentFault unit */
                    unit?: string;

                    /** ComponentFault min */
                    min?: number;

                    /** ComponentFault max */
                    max?: number;

                    /** ComponentFault magnitude */
                    magnitude?: number;

                    /** ComponentFault active */
                    active?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ComponentFault. */
                type $Shape = celda.sim.v1.ComponentFault.$Properties;
            }

            /**
             * Properties of a ListFaultsRequest.
             * @deprecated Use celda.sim.v1.ListFaultsRequest.$Properties instead.
             */
            interface IListFaultsRequest extends celda.sim.v1.ListFaultsRequest.$Properties {
            }

            /** Represents a ListFaultsRequest. */
            class ListFaultsRequest {

                /**
                 * Constructs a new ListFaultsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ListFaultsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListFaultsRequest activeOnly. */
                activeOnly: boolean;

                /**
                 * Encodes the specified ListFaultsRequest message. Does not implicitly {@link celda.sim.v1.ListFaultsRequest.verify|verify} messages.
                 * @param message ListFaultsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ListFaultsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListFaultsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ListFaultsRequest & celda.sim.v1.ListFaultsRequest.$Shape} ListFaultsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ListFaultsRequest & celda.sim.v1.ListFaultsRequest.$Shape;
            }

            namespace ListFaultsRequest {

                /** Properties of a ListFaultsRequest. */
                interface $Properties {

                    /** ListFaultsRequest activeOnly */
                    activeOnly?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListFaultsRequest. */
                type $Shape = celda.sim.v1.ListFaultsRequest.$Properties;
            }

            /**
             * Properties of a ListFaultsResponse.
             * @deprecated Use celda.sim.v1.ListFaultsResponse.$Properties instead.
             */
            interface IListFaultsResponse extends celda.sim.v1.ListFaultsResponse.$Properties {
            }

            /** Represents a ListFaultsResponse. */
            class ListFaultsResponse {

                /**
                 * Constructs a new ListFaultsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ListFaultsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListFaultsResponse faults. */
                faults: celda.sim.v1.ComponentFault[];

                /**
                 * Encodes the specified ListFaultsResponse message. Does not implicitly {@link celda.sim.v1.ListFaultsResponse.verify|verify} messages.
                 * @param message ListFaultsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ListFaultsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListFaultsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ListFaultsResponse & celda.sim.v1.ListFaultsResponse.$Shape} ListFaultsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ListFaultsResponse & celda.sim.v1.ListFaultsResponse.$Shape;
            }

            namespace ListFaultsResponse {

                /** Properties of a ListFaultsResponse. */
                interface $Properties {

                    /** ListFaultsResponse faults */
                    faults?: celda.sim.v1.ComponentFault.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListFaultsResponse. */
                type $Shape = celda.sim.v1.ListFaultsResponse.$Properties;
            }

            /**
             * Properties of an InjectFaultRequest.
             * @deprecated Use celda.sim.v1.InjectFaultRequest.$Properties instead.
             */
            interface IInjectFaultRequest extends celda.sim.v1.InjectFaultRequest.$Properties {
            }

            /** Represents an InjectFaultRequest. */
            class InjectFaultRequest {

                /**
                 * Constructs a new InjectFaultRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.InjectFaultRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** InjectFaultRequest component. */
                component: string;

                /** InjectFaultRequest kind. */
                kind: string;

                /** InjectFaultRequest magnitude. */
                magnitude: (number|null);

                /** InjectFaultRequest durationMs. */
                durationMs: (number|null);

                /**
                 * Encodes the specified InjectFaultRequest message. Does not implicitly {@link celda.sim.v1.InjectFaultRequest.verify|verify} messages.
                 * @param message InjectFaultRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.InjectFaultRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InjectFaultRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.InjectFaultRequest & celda.sim.v1.InjectFaultRequest.$Shape} InjectFaultRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.InjectFaultRequest & celda.sim.v1.InjectFaultRequest.$Shape;
            }

            namespace InjectFaultRequest {

                /** Properties of an InjectFaultRequest. */
                interface $Properties {

                    /** InjectFaultRequest component */
                    component?: string;

                    /** InjectFaultRequest kind */
                    kind?: string;

                    /** InjectFaultRequest magnitude */
                    magnitude?: (number|null);

                    /** InjectFaultRequest durationMs */
                    durationMs?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an InjectFaultRequest. */
                type $Shape = celda.sim.v1.InjectFaultRequest.$Properties;
            }

            /**
             * Properties of an InjectFaultResponse.
             * @deprecated Use celda.sim.v1.InjectFaultResponse.$Properties instead.
             */
            interface IInjectFaultResponse extends celda.sim.v1.InjectFaultResponse.$Properties {
            }

            /** Represents an InjectFaultResponse. */
            class InjectFaultResponse {

                /**
                 * Constructs a new InjectFaultResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.InjectFaultResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** InjectFaultResponse fault. */
                fault: celda.sim.v1.ComponentFault;

                /**
                 * Encodes the specified InjectFaultResponse message. Does not implicitly {@link celda.sim.v1.InjectFaultResponse.verify|verify} messages.
                 * @param message InjectFaultResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.InjectFaultResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an InjectFaultResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.InjectFaultResponse & celda.sim.v1.InjectFaultResponse.$Shape} InjectFaultResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.InjectFaultResponse & celda.sim.v1.InjectFaultResponse.$Shape;
            }

            namespace InjectFaultResponse {

                /** Properties of an InjectFaultResponse. */
                interface $Properties {

                    /** InjectFaultResponse fault */
                    fault?: celda.sim.v1.ComponentFault.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an InjectFaultResponse. */
                type $Shape = celda.sim.v1.InjectFaultResponse.$Properties;
            }

            /**
             * Properties of a ClearFaultRequest.
             * @deprecated Use celda.sim.v1.ClearFaultRequest.$Properties instead.
             */
            interface IClearFaultRequest extends celda.sim.v1.ClearFaultRequest.$Properties {
            }

            /** Represents a ClearFaultRequest. */
            class ClearFaultRequest {

                /**
                 * Constructs a new ClearFaultRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ClearFaultRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClearFaultRequest component. */
                component: string;

                /** ClearFaultRequest kind. */
                kind: string;

                /**
                 * Encodes the specified ClearFaultRequest message. Does not implicitly {@link celda.sim.v1.ClearFaultRequest.verify|verify} messages.
                 * @param message ClearFaultRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ClearFaultRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClearFaultRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ClearFaultRequest & celda.sim.v1.ClearFaultRequest.$Shape} ClearFaultRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ClearFaultRequest & celda.sim.v1.ClearFaultRequest.$Shape;
            }

            namespace ClearFaultRequest {

                /** Properties of a ClearFaultRequest. */
                interface $Properties {

                    /** ClearFaultRequest component */
                    component?: string;

                    /** ClearFaultRequest kind */
                    kind?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClearFaultRequest. */
                type $Shape = celda.sim.v1.ClearFaultRequest.$Properties;
            }

            /**
             * Properties of a ClearFaultResponse.
             * @deprecated Use celda.sim.v1.ClearFaultResponse.$Properties instead.
             */
            interface IClearFaultResponse extends celda.sim.v1.ClearFaultResponse.$Properties {
            }

            /** Represents a ClearFaultResponse. */
            class ClearFaultResponse {

                /**
                 * Constructs a new ClearFaultResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.ClearFaultResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ClearFaultResponse cleared. */
                cleared: celda.sim.v1.ComponentFault[];

                /**
                 * Encodes the specified ClearFaultResponse message. Does not implicitly {@link celda.sim.v1.ClearFaultResponse.verify|verify} messages.
                 * @param message ClearFaultResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.ClearFaultResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ClearFaultResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.ClearFaultResponse & celda.sim.v1.ClearFaultResponse.$Shape} ClearFaultResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.ClearFaultResponse & celda.sim.v1.ClearFaultResponse.$Shape;
            }

            namespace ClearFaultResponse {

                /** Properties of a ClearFaultResponse. */
                interface $Properties {

                    /** ClearFaultResponse cleared */
                    cleared?: celda.sim.v1.ComponentFault.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ClearFaultResponse. */
                type $Shape = celda.sim.v1.ClearFaultResponse.$Properties;
            }

            /**
             * Properties of a WatchPinsRequest.
             * @deprecated Use celda.sim.v1.WatchPinsRequest.$Properties instead.
             */
            interface IWatchPinsRequest extends celda.sim.v1.WatchPinsRequest.$Properties {
            }

            /** Represents a WatchPinsRequest. */
            class WatchPinsRequest {

                /**
                 * Constructs a new WatchPinsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.WatchPinsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchPinsRequest devices. */
                devices: string[];

                /** WatchPinsRequest includeInitialState. */
                includeInitialState: boolean;

                /**
                 * Encodes the specified WatchPinsRequest message. Does not implicitly {@link celda.sim.v1.WatchPinsRequest.verify|verify} messages.
                 * @param message WatchPinsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.WatchPinsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchPinsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.WatchPinsRequest & celda.sim.v1.WatchPinsRequest.$Shape} WatchPinsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.WatchPinsRequest & celda.sim.v1.WatchPinsRequest.$Shape;
            }

            namespace WatchPinsRequest {

                /** Properties of a WatchPinsRequest. */
                interface $Properties {

                    /** WatchPinsRequest devices */
                    devices?: string[];

                    /** WatchPinsRequest includeInitialState */
                    includeInitialState?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a WatchPinsRequest. */
                type $Shape = celda.sim.v1.WatchPinsRequest.$Properties;
            }

            /**
             * Properties of a WatchPinsResponse.
             * @deprecated Use celda.sim.v1.WatchPinsResponse.$Properties instead.
             */
            interface IWatchPinsResponse extends celda.sim.v1.WatchPinsResponse.$Properties {
            }

            /** Represents a WatchPinsResponse. */
            class WatchPinsResponse {

                /**
                 * Constructs a new WatchPinsResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.WatchPinsResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** WatchPinsResponse board. */
                board: string;

                /** WatchPinsResponse boardTimeUs. */
                boardTimeUs: Long;

                /** WatchPinsResponse pin. */
                pin: (celda.sim.v1.PinChange|null);

                /** WatchPinsResponse boardChange. */
                boardChange: (celda.sim.v1.BoardChange|null);

                /** WatchPinsResponse event. */
                event?: ("pin"|"boardChange");

                /**
                 * Encodes the specified WatchPinsResponse message. Does not implicitly {@link celda.sim.v1.WatchPinsResponse.verify|verify} messages.
                 * @param message WatchPinsResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.WatchPinsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a WatchPinsResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.WatchPinsResponse & celda.sim.v1.WatchPinsResponse.$Shape} WatchPinsResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.WatchPinsResponse & celda.sim.v1.WatchPinsResponse.$Shape;
            }

            namespace WatchPinsResponse {

                /** Properties of a WatchPinsResponse. */
                interface $Properties {

                    /** WatchPinsResponse board */
                    board?: string;

                    /** WatchPinsResponse boardTimeUs */
                    boardTimeUs?: Long;

                    /** WatchPinsResponse pin */
                    pin?: (celda.sim.v1.PinChange.$Properties|null);

                    /** WatchPinsResponse boardChange */
                    boardChange?: (celda.sim.v1.BoardChange.$Properties|null);

                    /** WatchPinsResponse event */
                    event?: ("pin"|"boardChange");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a WatchPinsResponse. */
                type $Shape = {
                  board?: string;
                  boardTimeUs?: Long;
                  pin?: celda.sim.v1.PinChange.$Shape|null;
                  boardChange?: celda.sim.v1.BoardChange.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ event?: undefined; pin?: null; boardChange?: null }|{ event?: "pin"; pin: celda.sim.v1.PinChange.$Shape; boardChange?: null }|{ event?: "boardChange"; pin?: null; boardChange: celda.sim.v1.BoardChange.$Shape })
                );
            }

            /**
             * Properties of a PinChange.
             * @deprecated Use celda.sim.v1.PinChange.$Properties instead.
             */
            interface IPinChange extends celda.sim.v1.PinChange.$Properties {
            }

            /** Represents a PinChange. */
            class PinChange {

                /**
                 * Constructs a new PinChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.PinChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PinChange device. */
                device: string;

                /** PinChange pin. */
                pin: string;

                /** PinChange value. */
                value: number;

                /** PinChange hazardous. */
                hazardous: boolean;

                /** PinChange safe. */
                safe: boolean;

                /** PinChange initial. */
                initial: boolean;

                /**
                 * Encodes the specified PinChange message. Does not implicitly {@link celda.sim.v1.PinChange.verify|verify} messages.
                 * @param message PinChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.PinChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PinChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.PinChange & celda.sim.v1.PinChange.$Shape} PinChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.PinChange & celda.sim.v1.PinChange.$Shape;
            }

            namespace PinChange {

                /** Properties of a PinChange. */
                interface $Properties {

                    /** PinChange device */
                    device?: string;

                    /** PinChange pin */
                    pin?: string;

                    /** PinChange value */
                    value?: number;

                    /** PinChange hazardous */
                    hazardous?: boolean;

                    /** PinChange safe */
                    safe?: boolean;

                    /** PinChange initial */
                    initial?: boolean;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PinChange. */
                type $Shape = celda.sim.v1.PinChange.$Properties;
            }

            /** BoardState enum. */
            enum BoardState {

                /** BOARD_STATE_UNSPECIFIED value */
                BOARD_STATE_UNSPECIFIED = 0,

                /** BOARD_STATE_BOOT value */
                BOARD_STATE_BOOT = 1,

                /** BOARD_STATE_CONFIGURING value */
                BOARD_STATE_CONFIGURING = 2,

                /** BOARD_STATE_STOPPED value */
                BOARD_STATE_STOPPED = 3,

                /** BOARD_STATE_ARMED value */
                BOARD_STATE_ARMED = 4,

                /** BOARD_STATE_TRIPPED value */
                BOARD_STATE_TRIPPED = 5
            }

            /**
             * Properties of a BoardChange.
             * @deprecated Use celda.sim.v1.BoardChange.$Properties instead.
             */
            interface IBoardChange extends celda.sim.v1.BoardChange.$Properties {
            }

            /** Represents a BoardChange. */
            class BoardChange {

                /**
                 * Constructs a new BoardChange.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: celda.sim.v1.BoardChange.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** BoardChange state. */
                state: celda.sim.v1.BoardState;

                /** BoardChange tripCause. */
                tripCause: number;

                /**
                 * Encodes the specified BoardChange message. Does not implicitly {@link celda.sim.v1.BoardChange.verify|verify} messages.
                 * @param message BoardChange message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: celda.sim.v1.BoardChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a BoardChange message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {celda.sim.v1.BoardChange & celda.sim.v1.BoardChange.$Shape} BoardChange
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): celda.sim.v1.BoardChange & celda.sim.v1.BoardChange.$Shape;
            }

            namespace BoardChange {

                /** Properties of a BoardChange. */
                interface $Properties {

                    /** BoardChange state */
                    state?: celda.sim.v1.BoardState;

                    /** BoardChange tripCause */
                    tripCause?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a BoardChange. */
                type $Shape = celda.sim.v1.BoardChange.$Properties;
            }
        }
    }
}

/** Namespace google. */
export namespace google {

    /** Namespace protobuf. */
    namespace protobuf {

        /**
         * Properties of a Duration.
         * @deprecated Use google.protobuf.Duration.$Properties instead.
         */
        interface IDuration extends google.protobuf.Duration.$Properties {
        }

        /** Represents a Duration. */
        class Duration {

            /**
             * Constructs a new Duration.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Duration.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Duration seconds. */
            seconds: Long;

            /** Duration nanos. */
            nanos: number;

            /**
             * Encodes the specified Duration message. Does not implicitly {@link google.protobuf.Duration.verify|verify} messages.
             * @param message Duration message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Duration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Duration message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Duration & google.protobuf.Duration.$Shape} Duration
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Duration & google.protobuf.Duration.$Shape;
        }

        namespace Duration {

            /** Properties of a Duration. */
            interface $Properties {

                /** Duration seconds */
                seconds?: Long;

                /** Duration nanos */
                nanos?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Duration. */
            type $Shape = google.protobuf.Duration.$Properties;
        }

        /**
         * Properties of a Timestamp.
         * @deprecated Use google.protobuf.Timestamp.$Properties instead.
         */
        interface ITimestamp extends google.protobuf.Timestamp.$Properties {
        }

        /** Represents a Timestamp. */
        class Timestamp {

            /**
             * Constructs a new Timestamp.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Timestamp.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Timestamp seconds. */
            seconds: Long;

            /** Timestamp nanos. */
            nanos: number;

            /**
             * Encodes the specified Timestamp message. Does not implicitly {@link google.protobuf.Timestamp.verify|verify} messages.
             * @param message Timestamp message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Timestamp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Timestamp message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape} Timestamp
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;
        }

        namespace Timestamp {

            /** Properties of a Timestamp. */
            interface $Properties {

                /** Timestamp seconds */
                seconds?: Long;

                /** Timestamp nanos */
                nanos?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Timestamp. */
            type $Shape = google.protobuf.Timestamp.$Properties;
        }

        /**
         * Properties of an Any.
         * @deprecated Use google.protobuf.Any.$Properties instead.
         */
        interface IAny extends google.protobuf.Any.$Properties {
        }

        /** Represents an Any. */
        class Any {

            /**
             * Constructs a new Any.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.protobuf.Any.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Any type_url. */
            type_url: string;

            /** Any value. */
            value: Uint8Array;

            /**
             * Encodes the specified Any message. Does not implicitly {@link google.protobuf.Any.verify|verify} messages.
             * @param message Any message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.protobuf.Any.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Any message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.protobuf.Any & google.protobuf.Any.$Shape} Any
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Any & google.protobuf.Any.$Shape;
        }

        namespace Any {

            /** Properties of an Any. */
            interface $Properties {

                /** Any type_url */
                type_url?: string;

                /** Any value */
                value?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Any. */
            type $Shape = google.protobuf.Any.$Properties;
        }
    }

    /** Namespace rpc. */
    namespace rpc {

        /**
         * Properties of an ErrorInfo.
         * @deprecated Use google.rpc.ErrorInfo.$Properties instead.
         */
        interface IErrorInfo extends google.rpc.ErrorInfo.$Properties {
        }

        /** Represents an ErrorInfo. */
        class ErrorInfo {

            /**
             * Constructs a new ErrorInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.ErrorInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ErrorInfo reason. */
            reason: string;

            /** ErrorInfo domain. */
            domain: string;

            /** ErrorInfo metadata. */
            metadata: { [k: string]: string };

            /**
             * Encodes the specified ErrorInfo message. Does not implicitly {@link google.rpc.ErrorInfo.verify|verify} messages.
             * @param message ErrorInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.ErrorInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ErrorInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.ErrorInfo & google.rpc.ErrorInfo.$Shape} ErrorInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.ErrorInfo & google.rpc.ErrorInfo.$Shape;
        }

        namespace ErrorInfo {

            /** Properties of an ErrorInfo. */
            interface $Properties {

                /** ErrorInfo reason */
                reason?: string;

                /** ErrorInfo domain */
                domain?: string;

                /** ErrorInfo metadata */
                metadata?: { [k: string]: string };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ErrorInfo. */
            type $Shape = google.rpc.ErrorInfo.$Properties;
        }

        /**
         * Properties of a RetryInfo.
         * @deprecated Use google.rpc.RetryInfo.$Properties instead.
         */
        interface IRetryInfo extends google.rpc.RetryInfo.$Properties {
        }

        /** Represents a RetryInfo. */
        class RetryInfo {

            /**
             * Constructs a new RetryInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.RetryInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RetryInfo retryDelay. */
            retryDelay: google.protobuf.Duration;

            /**
             * Encodes the specified RetryInfo message. Does not implicitly {@link google.rpc.RetryInfo.verify|verify} messages.
             * @param message RetryInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.RetryInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RetryInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.RetryInfo & google.rpc.RetryInfo.$Shape} RetryInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.RetryInfo & google.rpc.RetryInfo.$Shape;
        }

        namespace RetryInfo {

            /** Properties of a RetryInfo. */
            interface $Properties {

                /** RetryInfo retryDelay */
                retryDelay?: google.protobuf.Duration.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RetryInfo. */
            type $Shape = google.rpc.RetryInfo.$Properties;
        }

        /**
         * Properties of a QuotaFailure.
         * @deprecated Use google.rpc.QuotaFailure.$Properties instead.
         */
        interface IQuotaFailure extends google.rpc.QuotaFailure.$Properties {
        }

        /** Represents a QuotaFailure. */
        class QuotaFailure {

            /**
             * Constructs a new QuotaFailure.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.QuotaFailure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QuotaFailure violations. */
            violations: google.rpc.QuotaFailure.Violation[];

            /**
             * Encodes the specified QuotaFailure message. Does not implicitly {@link google.rpc.QuotaFailure.verify|verify} messages.
             * @param message QuotaFailure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.QuotaFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QuotaFailure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.QuotaFailure & google.rpc.QuotaFailure.$Shape} QuotaFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.QuotaFailure & google.rpc.QuotaFailure.$Shape;
        }

        namespace QuotaFailure {

            /** Properties of a QuotaFailure. */
            interface $Properties {

                /** QuotaFailure violations */
                violations?: google.rpc.QuotaFailure.Violation.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QuotaFailure. */
            type $Shape = google.rpc.QuotaFailure.$Properties;

            /**
             * Properties of a Violation.
             * @deprecated Use google.rpc.QuotaFailure.Violation.$Properties instead.
             */
            interface IViolation extends google.rpc.QuotaFailure.Violation.$Properties {
            }

            /** Represents a Violation. */
            class Violation {

                /**
                 * Constructs a new Violation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: google.rpc.QuotaFailure.Violation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Violation subject. */
                subject: string;

                /** Violation description. */
                description: string;

                /**
                 * Encodes the specified Violation message. Does not implicitly {@link google.rpc.QuotaFailure.Violation.verify|verify} messages.
                 * @param message Violation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: google.rpc.QuotaFailure.Violation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Violation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {google.rpc.QuotaFailure.Violation & google.rpc.QuotaFailure.Violation.$Shape} Violation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.QuotaFailure.Violation & google.rpc.QuotaFailure.Violation.$Shape;
            }

            namespace Violation {

                /** Properties of a Violation. */
                interface $Properties {

                    /** Violation subject */
                    subject?: string;

                    /** Violation description */
                    description?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Violation. */
                type $Shape = google.rpc.QuotaFailure.Violation.$Properties;
            }
        }

        /**
         * Properties of a PreconditionFailure.
         * @deprecated Use google.rpc.PreconditionFailure.$Properties instead.
         */
        interface IPreconditionFailure extends google.rpc.PreconditionFailure.$Properties {
        }

        /** Represents a PreconditionFailure. */
        class PreconditionFailure {

            /**
             * Constructs a new PreconditionFailure.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.PreconditionFailure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PreconditionFailure violations. */
            violations: google.rpc.PreconditionFailure.Violation[];

            /**
             * Encodes the specified PreconditionFailure message. Does not implicitly {@link google.rpc.PreconditionFailure.verify|verify} messages.
             * @param message PreconditionFailure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.PreconditionFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PreconditionFailure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.PreconditionFailure & google.rpc.PreconditionFailure.$Shape} PreconditionFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.PreconditionFailure & google.rpc.PreconditionFailure.$Shape;
        }

        namespace PreconditionFailure {

            /** Properties of a PreconditionFailure. */
            interface $Properties {

                /** PreconditionFailure violations */
                violations?: google.rpc.PreconditionFailure.Violation.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PreconditionFailure. */
            type $Shape = google.rpc.PreconditionFailure.$Properties;

            /**
             * Properties of a Violation.
             * @deprecated Use google.rpc.PreconditionFailure.Violation.$Properties instead.
             */
            interface IViolation extends google.rpc.PreconditionFailure.Violation.$Properties {
            }

            /** Represents a Violation. */
            class Violation {

                /**
                 * Constructs a new Violation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: google.rpc.PreconditionFailure.Violation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Violation type. */
                type: string;

                /** Violation subject. */
                subject: string;

                /** Violation description. */
                description: string;

                /**
                 * Encodes the specified Violation message. Does not implicitly {@link google.rpc.PreconditionFailure.Violation.verify|verify} messages.
                 * @param message Violation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: google.rpc.PreconditionFailure.Violation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Violation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {google.rpc.PreconditionFailure.Violation & google.rpc.PreconditionFailure.Violation.$Shape} Violation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.PreconditionFailure.Violation & google.rpc.PreconditionFailure.Violation.$Shape;
            }

            namespace Violation {

                /** Properties of a Violation. */
                interface $Properties {

                    /** Violation type */
                    type?: string;

                    /** Violation subject */
                    subject?: string;

                    /** Violation description */
                    description?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Violation. */
                type $Shape = google.rpc.PreconditionFailure.Violation.$Properties;
            }
        }

        /**
         * Properties of a BadRequest.
         * @deprecated Use google.rpc.BadRequest.$Properties instead.
         */
        interface IBadRequest extends google.rpc.BadRequest.$Properties {
        }

        /** Represents a BadRequest. */
        class BadRequest {

            /**
             * Constructs a new BadRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.BadRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BadRequest fieldViolations. */
            fieldViolations: google.rpc.BadRequest.FieldViolation[];

            /**
             * Encodes the specified BadRequest message. Does not implicitly {@link google.rpc.BadRequest.verify|verify} messages.
             * @param message BadRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.BadRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BadRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.BadRequest & google.rpc.BadRequest.$Shape} BadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.BadRequest & google.rpc.BadRequest.$Shape;
        }

        namespace BadRequest {

            /** Properties of a BadRequest. */
            interface $Properties {

                /** BadRequest fieldViolations */
                fieldViolations?: google.rpc.BadRequest.FieldViolation.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BadRequest. */
            type $Shape = google.rpc.BadRequest.$Properties;

            /**
             * Properties of a FieldViolation.
             * @deprecated Use google.rpc.BadRequest.FieldViolation.$Properties instead.
             */
            interface IFieldViolation extends google.rpc.BadRequest.FieldViolation.$Properties {
            }

            /** Represents a FieldViolation. */
            class FieldViolation {

                /**
                 * Constructs a new FieldViolation.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: google.rpc.BadRequest.FieldViolation.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FieldViolation field. */
                field: string;

                /** FieldViolation description. */
                description: string;

                /**
                 * Encodes the specified FieldViolation message. Does not implicitly {@link google.rpc.BadRequest.FieldViolation.verify|verify} messages.
                 * @param message FieldViolation message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: google.rpc.BadRequest.FieldViolation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FieldViolation message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {google.rpc.BadRequest.FieldViolation & google.rpc.BadRequest.FieldViolation.$Shape} FieldViolation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.BadRequest.FieldViolation & google.rpc.BadRequest.FieldViolation.$Shape;
            }

            namespace FieldViolation {

                /** Properties of a FieldViolation. */
                interface $Properties {

                    /** FieldViolation field */
                    field?: string;

                    /** FieldViolation description */
                    description?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FieldViolation. */
                type $Shape = google.rpc.BadRequest.FieldViolation.$Properties;
            }
        }

        /**
         * Properties of a ResourceInfo.
         * @deprecated Use google.rpc.ResourceInfo.$Properties instead.
         */
        interface IResourceInfo extends google.rpc.ResourceInfo.$Properties {
        }

        /** Represents a ResourceInfo. */
        class ResourceInfo {

            /**
             * Constructs a new ResourceInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.ResourceInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResourceInfo resourceType. */
            resourceType: string;

            /** ResourceInfo resourceName. */
            resourceName: string;

            /** ResourceInfo owner. */
            owner: string;

            /** ResourceInfo description. */
            description: string;

            /**
             * Encodes the specified ResourceInfo message. Does not implicitly {@link google.rpc.ResourceInfo.verify|verify} messages.
             * @param message ResourceInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.ResourceInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResourceInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.ResourceInfo & google.rpc.ResourceInfo.$Shape} ResourceInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.ResourceInfo & google.rpc.ResourceInfo.$Shape;
        }

        namespace ResourceInfo {

            /** Properties of a ResourceInfo. */
            interface $Properties {

                /** ResourceInfo resourceType */
                resourceType?: string;

                /** ResourceInfo resourceName */
                resourceName?: string;

                /** ResourceInfo owner */
                owner?: string;

                /** ResourceInfo description */
                description?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResourceInfo. */
            type $Shape = google.rpc.ResourceInfo.$Properties;
        }

        /**
         * Properties of a Status.
         * @deprecated Use google.rpc.Status.$Properties instead.
         */
        interface IStatus extends google.rpc.Status.$Properties {
        }

        /** Represents a Status. */
        class Status {

            /**
             * Constructs a new Status.
             * @param [properties] Properties to set
             */
            constructor(properties?: google.rpc.Status.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Status code. */
            code: number;

            /** Status message. */
            message: string;

            /** Status details. */
            details: google.protobuf.Any[];

            /**
             * Encodes the specified Status message. Does not implicitly {@link google.rpc.Status.verify|verify} messages.
             * @param message Status message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: google.rpc.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {google.rpc.Status & google.rpc.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.rpc.Status & google.rpc.Status.$Shape;
        }

        namespace Status {

            /** Properties of a Status. */
            interface $Properties {

                /** Status code */
                code?: number;

                /** Status message */
                message?: string;

                /** Status details */
                details?: google.protobuf.Any.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Status. */
            type $Shape = google.rpc.Status.$Properties;
        }
    }
}

/** Namespace grpc. */
export namespace grpc {

    /** Namespace health. */
    namespace health {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a HealthCheckRequest.
             * @deprecated Use grpc.health.v1.HealthCheckRequest.$Properties instead.
             */
            interface IHealthCheckRequest extends grpc.health.v1.HealthCheckRequest.$Properties {
            }

            /** Represents a HealthCheckRequest. */
            class HealthCheckRequest {

                /**
                 * Constructs a new HealthCheckRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.health.v1.HealthCheckRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HealthCheckRequest service. */
                service: string;

                /**
                 * Encodes the specified HealthCheckRequest message. Does not implicitly {@link grpc.health.v1.HealthCheckRequest.verify|verify} messages.
                 * @param message HealthCheckRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.health.v1.HealthCheckRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HealthCheckRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.health.v1.HealthCheckRequest & grpc.health.v1.HealthCheckRequest.$Shape} HealthCheckRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.health.v1.HealthCheckRequest & grpc.health.v1.HealthCheckRequest.$Shape;
            }

            namespace HealthCheckRequest {

                /** Properties of a HealthCheckRequest. */
                interface $Properties {

                    /** HealthCheckRequest service */
                    service?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HealthCheckRequest. */
                type $Shape = grpc.health.v1.HealthCheckRequest.$Properties;
            }

            /**
             * Properties of a HealthCheckResponse.
             * @deprecated Use grpc.health.v1.HealthCheckResponse.$Properties instead.
             */
            interface IHealthCheckResponse extends grpc.health.v1.HealthCheckResponse.$Properties {
            }

            /** Represents a HealthCheckResponse. */
            class HealthCheckResponse {

                /**
                 * Constructs a new HealthCheckResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.health.v1.HealthCheckResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HealthCheckResponse status. */
                status: grpc.health.v1.HealthCheckResponse.ServingStatus;

                /**
                 * Encodes the specified HealthCheckResponse message. Does not implicitly {@link grpc.health.v1.HealthCheckResponse.verify|verify} messages.
                 * @param message HealthCheckResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.health.v1.HealthCheckResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HealthCheckResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.health.v1.HealthCheckResponse & grpc.health.v1.HealthCheckResponse.$Shape} HealthCheckResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.health.v1.HealthCheckResponse & grpc.health.v1.HealthCheckResponse.$Shape;
            }

            namespace HealthCheckResponse {

                /** Properties of a HealthCheckResponse. */
                interface $Properties {

                    /** HealthCheckResponse status */
                    status?: grpc.health.v1.HealthCheckResponse.ServingStatus;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HealthCheckResponse. */
                type $Shape = grpc.health.v1.HealthCheckResponse.$Properties;

                /** ServingStatus enum. */
                enum ServingStatus {

                    /** UNKNOWN value */
                    UNKNOWN = 0,

                    /** SERVING value */
                    SERVING = 1,

                    /** NOT_SERVING value */
                    NOT_SERVING = 2,

                    /** SERVICE_UNKNOWN value */
                    SERVICE_UNKNOWN = 3
                }
            }

            /**
             * Properties of a HealthListRequest.
             * @deprecated Use grpc.health.v1.HealthListRequest.$Properties instead.
             */
            interface IHealthListRequest extends grpc.health.v1.HealthListRequest.$Properties {
            }

            /** Represents a HealthListRequest. */
            class HealthListRequest {

                /**
                 * Constructs a new HealthListRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.health.v1.HealthListRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Encodes the specified HealthListRequest message. Does not implicitly {@link grpc.health.v1.HealthListRequest.verify|verify} messages.
                 * @param message HealthListRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.health.v1.HealthListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HealthListRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.health.v1.HealthListRequest & grpc.health.v1.HealthListRequest.$Shape} HealthListRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.health.v1.HealthListRequest & grpc.health.v1.HealthListRequest.$Shape;
            }

            namespace HealthListRequest {

                /** Properties of a HealthListRequest. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HealthListRequest. */
                type $Shape = grpc.health.v1.HealthListRequest.$Properties;
            }

            /**
             * Properties of a HealthListResponse.
             * @deprecated Use grpc.health.v1.HealthListResponse.$Properties instead.
             */
            interface IHealthListResponse extends grpc.health.v1.HealthListResponse.$Properties {
            }

            /** Represents a HealthListResponse. */
            class HealthListResponse {

                /**
                 * Constructs a new HealthListResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.health.v1.HealthListResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HealthListResponse statuses. */
                statuses: { [k: string]: grpc.health.v1.HealthCheckResponse };

                /**
                 * Encodes the specified HealthListResponse message. Does not implicitly {@link grpc.health.v1.HealthListResponse.verify|verify} messages.
                 * @param message HealthListResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.health.v1.HealthListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HealthListResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.health.v1.HealthListResponse & grpc.health.v1.HealthListResponse.$Shape} HealthListResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.health.v1.HealthListResponse & grpc.health.v1.HealthListResponse.$Shape;
            }

            namespace HealthListResponse {

                /** Properties of a HealthListResponse. */
                interface $Properties {

                    /** HealthListResponse statuses */
                    statuses?: { [k: string]: grpc.health.v1.HealthCheckResponse.$Properties };

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HealthListResponse. */
                type $Shape = grpc.health.v1.HealthListResponse.$Properties;
            }
        }
    }

    /** Namespace reflection. */
    namespace reflection {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a ServerReflectionRequest.
             * @deprecated Use grpc.reflection.v1.ServerReflectionRequest.$Properties instead.
             */
            interface IServerReflectionRequest extends grpc.reflection.v1.ServerReflectionRequest.$Properties {
            }

            /** Represents a ServerReflectionRequest. */
            class ServerReflectionRequest {

                /**
                 * Constructs a new ServerReflectionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ServerReflectionRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServerReflectionRequest host. */
                host: string;

                /** ServerReflectionRequest fileByFilename. */
                fileByFilename: (string|null);

                /** ServerReflectionRequest fileContainingSymbol. */
                fileContainingSymbol: (string|null);

                /** ServerReflectionRequest fileContainingExtension. */
                fileContainingExtension: (grpc.reflection.v1.ExtensionRequest|null);

                /** ServerReflectionRequest allExtensionNumbersOfType. */
                allExtensionNumbersOfType: (string|null);

                /** ServerReflectionRequest listServices. */
                listServices: (string|null);

                /** ServerReflectionRequest messageRequest. */
                messageRequest?: ("fileByFilename"|"fileContainingSymbol"|"fileContainingExtension"|"allExtensionNumbersOfType"|"listServices");

                /**
                 * Encodes the specified ServerReflectionRequest message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionRequest.verify|verify} messages.
                 * @param message ServerReflectionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ServerReflectionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerReflectionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ServerReflectionRequest & grpc.reflection.v1.ServerReflectionRequest.$Shape} ServerReflectionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServerReflectionRequest & grpc.reflection.v1.ServerReflectionRequest.$Shape;
            }

            namespace ServerReflectionRequest {

                /** Properties of a ServerReflectionRequest. */
                interface $Properties {

                    /** ServerReflectionRequest host */
                    host?: string;

                    /** ServerReflectionRequest fileByFilename */
                    fileByFilename?: (string|null);

                    /** ServerReflectionRequest fileContainingSymbol */
                    fileContainingSymbol?: (string|null);

                    /** ServerReflectionRequest fileContainingExtension */
                    fileContainingExtension?: (grpc.reflection.v1.ExtensionRequest.$Properties|null);

                    /** ServerReflectionRequest allExtensionNumbersOfType */
                    allExtensionNumbersOfType?: (string|null);

                    /** ServerReflectionRequest listServices */
                    listServices?: (string|null);

                    /** ServerReflectionRequest messageRequest */
                    messageRequest?: ("fileByFilename"|"fileContainingSymbol"|"fileContainingExtension"|"allExtensionNumbersOfType"|"listServices");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ServerReflectionRequest. */
                type $Shape = {
                  host?: string;
                  fileByFilename?: string|null;
                  fileContainingSymbol?: string|null;
                  fileContainingExtension?: grpc.reflection.v1.ExtensionRequest.$Shape|null;
                  allExtensionNumbersOfType?: string|null;
                  listServices?: string|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ messageRequest?: undefined; fileByFilename?: null; fileContainingSymbol?: null; fileContainingExtension?: null; allExtensionNumbersOfType?: null; listServices?: null }|{ messageRequest?: "fileByFilename"; fileByFilename: string; fileContainingSymbol?: null; fileContainingExtension?: null; allExtensionNumbersOfType?: null; listServices?: null }|{ messageRequest?: "fileContainingSymbol"; fileByFilename?: null; fileContainingSymbol: string; fileContainingExtension?: null; allExtensionNumbersOfType?: null; listServices?: null }|{ messageRequest?: "fileContainingExtension"; fileByFilename?: null; fileContainingSymbol?: null; fileContainingExtension: grpc.reflection.v1.ExtensionRequest.$Shape; allExtensionNumbersOfType?: null; listServices?: null }|{ messageRequest?: "allExtensionNumbersOfType"; fileByFilename?: null; fileContainingSymbol?: null; fileContainingExtension?: null; allExtensionNumbersOfType: string; listServices?: null }|{ messageRequest?: "listServices"; fileByFilename?: null; fileContainingSymbol?: null; fileContainingExtension?: null; allExtensionNumbersOfType?: null; listServices: string })
                );
            }

            /**
             * Properties of an ExtensionRequest.
             * @deprecated Use grpc.reflection.v1.ExtensionRequest.$Properties instead.
             */
            interface IExtensionRequest extends grpc.reflection.v1.ExtensionRequest.$Properties {
            }

            /** Represents an ExtensionRequest. */
            class ExtensionRequest {

                /**
                 * Constructs a new ExtensionRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ExtensionRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExtensionRequest containingType. */
                containingType: string;

                /** ExtensionRequest extensionNumber. */
                extensionNumber: number;

                /**
                 * Encodes the specified ExtensionRequest message. Does not implicitly {@link grpc.reflection.v1.ExtensionRequest.verify|verify} messages.
                 * @param message ExtensionRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ExtensionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExtensionRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ExtensionRequest & grpc.reflection.v1.ExtensionRequest.$Shape} ExtensionRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ExtensionRequest & grpc.reflection.v1.ExtensionRequest.$Shape;
            }

            namespace ExtensionRequest {

                /** Properties of an ExtensionRequest. */
                interface $Properties {

                    /** ExtensionRequest containingType */
                    containingType?: string;

                    /** ExtensionRequest extensionNumber */
                    extensionNumber?: number;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExtensionRequest. */
                type $Shape = grpc.reflection.v1.ExtensionRequest.$Properties;
            }

            /**
             * Properties of a ServerReflectionResponse.
             * @deprecated Use grpc.reflection.v1.ServerReflectionResponse.$Properties instead.
             */
            interface IServerReflectionResponse extends grpc.reflection.v1.ServerReflectionResponse.$Properties {
            }

            /** Represents a ServerReflectionResponse. */
            class ServerReflectionResponse {

                /**
                 * Constructs a new ServerReflectionResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ServerReflectionResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServerReflectionResponse validHost. */
                validHost: string;

                /** ServerReflectionResponse originalRequest. */
                originalRequest: grpc.reflection.v1.ServerReflectionRequest;

                /** ServerReflectionResponse fileDescriptorResponse. */
                fileDescriptorResponse: (grpc.reflection.v1.FileDescriptorResponse|null);

                /** ServerReflectionResponse allExtensionNumbersResponse. */
                allExtensionNumbersResponse: (grpc.reflection.v1.ExtensionNumberResponse|null);

                /** ServerReflectionResponse listServicesResponse. */
                listServicesResponse: (grpc.reflection.v1.ListServiceResponse|null);

                /** ServerReflectionResponse errorResponse. */
                errorResponse: (grpc.reflection.v1.ErrorResponse|null);

                /** ServerReflectionResponse messageResponse. */
                messageResponse?: ("fileDescriptorResponse"|"allExtensionNumbersResponse"|"listServicesResponse"|"errorResponse");

                /**
                 * Encodes the specified ServerReflectionResponse message. Does not implicitly {@link grpc.reflection.v1.ServerReflectionResponse.verify|verify} messages.
                 * @param message ServerReflectionResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ServerReflectionResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerReflectionResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ServerReflectionResponse & grpc.reflection.v1.ServerReflectionResponse.$Shape} ServerReflectionResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServerReflectionResponse & grpc.reflection.v1.ServerReflectionResponse.$Shape;
            }

            namespace ServerReflectionResponse {

                /** Properties of a ServerReflectionResponse. */
                interface $Properties {

                    /** ServerReflectionResponse validHost */
                    validHost?: string;

                    /** ServerReflectionResponse originalRequest */
                    originalRequest?: grpc.reflection.v1.ServerReflectionRequest.$Properties;

                    /** ServerReflectionResponse fileDescriptorResponse */
                    fileDescriptorResponse?: (grpc.reflection.v1.FileDescriptorResponse.$Properties|null);

                    /** ServerReflectionResponse allExtensionNumbersResponse */
                    allExtensionNumbersResponse?: (grpc.reflection.v1.ExtensionNumberResponse.$Properties|null);

                    /** ServerReflectionResponse listServicesResponse */
                    listServicesResponse?: (grpc.reflection.v1.ListServiceResponse.$Properties|null);

                    /** ServerReflectionResponse errorResponse */
                    errorResponse?: (grpc.reflection.v1.ErrorResponse.$Properties|null);

                    /** ServerReflectionResponse messageResponse */
                    messageResponse?: ("fileDescriptorResponse"|"allExtensionNumbersResponse"|"listServicesResponse"|"errorResponse");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ServerReflectionResponse. */
                type $Shape = {
                  validHost?: string;
                  originalRequest?: grpc.reflection.v1.ServerReflectionRequest.$Shape;
                  fileDescriptorResponse?: grpc.reflection.v1.FileDescriptorResponse.$Shape|null;
                  allExtensionNumbersResponse?: grpc.reflection.v1.ExtensionNumberResponse.$Shape|null;
                  listServicesResponse?: grpc.reflection.v1.ListServiceResponse.$Shape|null;
                  errorResponse?: grpc.reflection.v1.ErrorResponse.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ messageResponse?: undefined; fileDescriptorResponse?: null; allExtensionNumbersResponse?: null; listServicesResponse?: null; errorResponse?: null }|{ messageResponse?: "fileDescriptorResponse"; fileDescriptorResponse: grpc.reflection.v1.FileDescriptorResponse.$Shape; allExtensionNumbersResponse?: null; listServicesResponse?: null; errorResponse?: null }|{ messageResponse?: "allExtensionNumbersResponse"; fileDescriptorResponse?: null; allExtensionNumbersResponse: grpc.reflection.v1.ExtensionNumberResponse.$Shape; listServicesResponse?: null; errorResponse?: null }|{ messageResponse?: "listServicesResponse"; fileDescriptorResponse?: null; allExtensionNumbersResponse?: null; listServicesResponse: grpc.reflection.v1.ListServiceResponse.$Shape; errorResponse?: null }|{ messageResponse?: "errorResponse"; fileDescriptorResponse?: null; allExtensionNumbersResponse?: null; listServicesResponse?: null; errorResponse: grpc.reflection.v1.ErrorResponse.$Shape })
                );
            }

            /**
             * Properties of a FileDescriptorResponse.
             * @deprecated Use grpc.reflection.v1.FileDescriptorResponse.$Properties instead.
             */
            interface IFileDescriptorResponse extends grpc.reflection.v1.FileDescriptorResponse.$Properties {
            }

            /** Represents a FileDescriptorResponse. */
            class FileDescriptorResponse {

                /**
                 * Constructs a new FileDescriptorResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.FileDescriptorResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** FileDescriptorResponse fileDescriptorProto. */
                fileDescriptorProto: Uint8Array[];

                /**
                 * Encodes the specified FileDescriptorResponse message. Does not implicitly {@link grpc.reflection.v1.FileDescriptorResponse.verify|verify} messages.
                 * @param message FileDescriptorResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.FileDescriptorResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a FileDescriptorResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.FileDescriptorResponse & grpc.reflection.v1.FileDescriptorResponse.$Shape} FileDescriptorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.FileDescriptorResponse & grpc.reflection.v1.FileDescriptorResponse.$Shape;
            }

            namespace FileDescriptorResponse {

                /** Properties of a FileDescriptorResponse. */
                interface $Properties {

                    /** FileDescriptorResponse fileDescriptorProto */
                    fileDescriptorProto?: Uint8Array[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a FileDescriptorResponse. */
                type $Shape = grpc.reflection.v1.FileDescriptorResponse.$Properties;
            }

            /**
             * Properties of an ExtensionNumberResponse.
             * @deprecated Use grpc.reflection.v1.ExtensionNumberResponse.$Properties instead.
             */
            interface IExtensionNumberResponse extends grpc.reflection.v1.ExtensionNumberResponse.$Properties {
            }

            /** Represents an ExtensionNumberResponse. */
            class ExtensionNumberResponse {

                /**
                 * Constructs a new ExtensionNumberResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ExtensionNumberResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExtensionNumberResponse baseTypeName. */
                baseTypeName: string;

                /** ExtensionNumberResponse extensionNumber. */
                extensionNumber: number[];

                /**
                 * Encodes the specified ExtensionNumberResponse message. Does not implicitly {@link grpc.reflection.v1.ExtensionNumberResponse.verify|verify} messages.
                 * @param message ExtensionNumberResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ExtensionNumberResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExtensionNumberResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ExtensionNumberResponse & grpc.reflection.v1.ExtensionNumberResponse.$Shape} ExtensionNumberResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ExtensionNumberResponse & grpc.reflection.v1.ExtensionNumberResponse.$Shape;
            }

            namespace ExtensionNumberResponse {

                /** Properties of an ExtensionNumberResponse. */
                interface $Properties {

                    /** ExtensionNumberResponse baseTypeName */
                    baseTypeName?: string;

                    /** ExtensionNumberResponse extensionNumber */
                    extensionNumber?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExtensionNumberResponse. */
                type $Shape = grpc.reflection.v1.ExtensionNumberResponse.$Properties;
            }

            /**
             * Properties of a ListServiceResponse.
             * @deprecated Use grpc.reflection.v1.ListServiceResponse.$Properties instead.
             */
            interface IListServiceResponse extends grpc.reflection.v1.ListServiceResponse.$Properties {
            }

            /** Represents a ListServiceResponse. */
            class ListServiceResponse {

                /**
                 * Constructs a new ListServiceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ListServiceResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ListServiceResponse service. */
                service: grpc.reflection.v1.ServiceResponse[];

                /**
                 * Encodes the specified ListServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ListServiceResponse.verify|verify} messages.
                 * @param message ListServiceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ListServiceResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ListServiceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ListServiceResponse & grpc.reflection.v1.ListServiceResponse.$Shape} ListServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ListServiceResponse & grpc.reflection.v1.ListServiceResponse.$Shape;
            }

            namespace ListServiceResponse {

                /** Properties of a ListServiceResponse. */
                interface $Properties {

                    /** ListServiceResponse service */
                    service?: grpc.reflection.v1.ServiceResponse.$Properties[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ListServiceResponse. */
                type $Shape = grpc.reflection.v1.ListServiceResponse.$Properties;
            }

            /**
             * Properties of a ServiceResponse.
             * @deprecated Use grpc.reflection.v1.ServiceResponse.$Properties instead.
             */
            interface IServiceResponse extends grpc.reflection.v1.ServiceResponse.$Properties {
            }

            /** Represents a ServiceResponse. */
            class ServiceResponse {

                /**
                 * Constructs a new ServiceResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ServiceResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServiceResponse name. */
                name: string;

                /**
                 * Encodes the specified ServiceResponse message. Does not implicitly {@link grpc.reflection.v1.ServiceResponse.verify|verify} messages.
                 * @param message ServiceResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ServiceResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServiceResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ServiceResponse & grpc.reflection.v1.ServiceResponse.$Shape} ServiceResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ServiceResponse & grpc.reflection.v1.ServiceResponse.$Shape;
            }

            namespace ServiceResponse {

                /** Properties of a ServiceResponse. */
                interface $Properties {

                    /** ServiceResponse name */
                    name?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a ServiceResponse. */
                type $Shape = grpc.reflection.v1.ServiceResponse.$Properties;
            }

            /**
             * Properties of an ErrorResponse.
             * @deprecated Use grpc.reflection.v1.ErrorResponse.$Properties instead.
             */
            interface IErrorResponse extends grpc.reflection.v1.ErrorResponse.$Properties {
            }

            /** Represents an ErrorResponse. */
            class ErrorResponse {

                /**
                 * Constructs a new ErrorResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: grpc.reflection.v1.ErrorResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ErrorResponse errorCode. */
                errorCode: number;

                /** ErrorResponse errorMessage. */
                errorMessage: string;

                /**
                 * Encodes the specified ErrorResponse message. Does not implicitly {@link grpc.reflection.v1.ErrorResponse.verify|verify} messages.
                 * @param message ErrorResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: grpc.reflection.v1.ErrorResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ErrorResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {grpc.reflection.v1.ErrorResponse & grpc.reflection.v1.ErrorResponse.$Shape} ErrorResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): grpc.reflection.v1.ErrorResponse & grpc.reflection.v1.ErrorResponse.$Shape;
            }

            namespace ErrorResponse {

                /** Properties of an ErrorResponse. */
                interface $Properties {

                    /** ErrorResponse errorCode */
                    errorCode?: number;

                    /** ErrorResponse errorMessage */
                    errorMessage?: string;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ErrorResponse. */
                type $Shape = grpc.reflection.v1.ErrorResponse.$Properties;
            }
        }
    }
}
